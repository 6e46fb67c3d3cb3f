import { readOverrides } from "../definition/read-overrides.ts";
import { createVariant } from "../definition/variant.ts";
import { parseWorksheet } from "../document/parse-worksheet.ts";
import { PAGE_MARK } from "../page/page-mark.ts";
import { type MarkdownRequest, renderMarkdown } from "../render/render-markdown.ts";

/**
 * Whether a file is a worksheet as it was written, with nothing of anybody's work in it. Pages are
 * filled in the browser and saved as Markdown: they never hold work themselves.
 */
export function isPristine(text: string, request: MarkdownRequest): boolean {
  if (text.slice(0, 500).includes(PAGE_MARK)) return true;
  const set = parseWorksheet(text).front?.set ?? {};
  const { system } = request.variant;
  let variant;
  try {
    const pairs = Object.entries(set).map(([name, value]) => `${name}=${value}`);
    variant = createVariant(system, readOverrides(system, { cwd: "", set: pairs }));
  } catch {
    return false; // Its front matter was edited: it is somebody's work.
  }
  return [false, true].some((hints) =>
    (["decimal", "binary"] as const).some(
      (prefix) => renderMarkdown({ ...request, variant, hints, prefix }) === text,
    ),
  );
}
