const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for XML and HTML; control characters, which neither may hold, become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (letter) => ESCAPES[letter] ?? letter)
    .replace(CONTROLS, "\uFFFD");
}

// oxlint-disable-next-line no-control-regex -- these are what must not be in XML
const CONTROLS = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
