/** Looks of a page with tables and charts, on top of those of stories: on screen and on paper. */
export const PAGE_CSS: string = `
:root { --mine: #1f5fa8; --warn: #8a4600; }
@media (prefers-color-scheme: dark) { :root { --mine: #7db4f0; --warn: #f0b072; } }
h2 { border-top: 1px solid var(--line); padding-top: 1rem; } h3 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
.verdict { font-size: 1.1rem; } .score { font-size: 2.25rem; font-weight: 700; line-height: 1.1; margin: .5rem 0; }
.score small { font-size: 1rem; font-weight: 400; color: var(--soft); } figure { margin: 0; }
.doubt { color: var(--warn); }
table { border-collapse: collapse; margin: .5rem 0; } caption { text-align: left; color: var(--soft); }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code, pre, ol.steps { font-family: ui-monospace, monospace; font-size: 13px; }
ol.steps li, code { overflow-wrap: anywhere; } pre { white-space: pre-wrap; overflow-wrap: anywhere; }
svg.chart { display: block; width: 100%; max-width: 46rem; height: auto; font: 12px system-ui, sans-serif; margin: .5rem 0; }
svg.chart text { fill: var(--ink); } svg.chart .tick { fill: var(--soft); } svg.chart .left { text-anchor: end; }
svg.chart .below { text-anchor: middle; } svg.chart .grid { stroke: var(--line); stroke-width: 1; opacity: .6; }
svg.chart .line { fill: none; stroke-width: 2; } svg.chart .line.mine, svg.chart .interval { stroke: var(--mine); }
svg.chart .line.reference { stroke: var(--soft); stroke-dasharray: 6 4; }
svg.chart .line.limit { stroke: var(--bad); stroke-dasharray: 2 4; } svg.chart .limit-mark { stroke: var(--bad); stroke-width: 3; }
svg.chart .interval { stroke-width: 4; opacity: .45; }
svg.chart .mark { stroke-width: 2; } svg.chart .mark.mine { fill: var(--mine); stroke: var(--mine); }
svg.chart .mark.reference { fill: var(--soft); stroke: var(--soft); } svg.chart .line.event { stroke: none; } svg.chart .mark.event { fill: var(--warn); stroke: var(--warn); }
svg.chart .bar { fill: var(--mine); } svg.chart .mark.mine.hollow, svg.chart .mark.hollow { fill: var(--paper); }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #333; --line: #999; --bad: #8f1d16; --good: #0d4a1f; --paper: #fff;
    --mine: #14457d; --warn: #6b3600; }
  body { margin: 0; max-width: none; font-size: 11pt; } section, figure, tr, svg { break-inside: avoid; }
  h2, h3 { break-after: avoid; } .scroll { overflow: visible; } svg.story { max-width: 100%; height: auto; }
  details::details-content { content-visibility: visible; block-size: auto; } summary { list-style: none; }
}
`;
