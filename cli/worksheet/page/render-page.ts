import type { MarkdownRequest } from "../render/render-markdown.ts";

export function renderPage(markdown: string, _request: MarkdownRequest): string {
  return markdown;
}
