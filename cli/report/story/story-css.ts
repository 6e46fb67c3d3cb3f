/** Looks of a page with stories: light and dark, and never colour alone. */
export const STORY_CSS: string = `
:root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #c8d1da; --bad: #b3261e;
  --good: #17692e; --paper: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9aa5b1; --line: #3d444d;
  --bad: #ff8f85; --good: #6bd68a; --paper: #0d1117; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
ul.properties { list-style: none; padding: 0; } .held { color: var(--good); } .broken { color: var(--bad); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; } pre { overflow-x: auto; font-size: 13px; }
.scroll { overflow-x: auto; } .hidden, footer { color: var(--soft); font-size: 13px; }
svg.story { font: 12px ui-monospace, monospace; } svg.story text { fill: var(--ink); }
svg.story .lane { stroke: var(--line); stroke-width: 2; } svg.story .head { text-anchor: middle; font-weight: 700; font-size: 14px; }
svg.story .time { text-anchor: end; fill: var(--soft); } svg.story .gap { text-anchor: middle; fill: var(--soft); }
svg.story .arrow { stroke: var(--ink); stroke-width: 1.3; } svg.story .tip { fill: var(--ink); }
svg.story .lost { stroke: var(--bad); stroke-width: 1.3; stroke-dasharray: 5 4; }
svg.story .lost-text { fill: var(--bad); } svg.story .cross { stroke: var(--bad); stroke-width: 2.5; fill: none; }
svg.story .dot { fill: var(--soft); } svg.story .boot { fill: var(--paper); stroke: var(--ink); stroke-width: 2; }
svg.story .output { fill: var(--ink); } svg.story .loud { font-weight: 700; }
svg.story .caption, svg.story .lost-text { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }
`;
