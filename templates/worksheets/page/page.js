"use strict";
(() => {
  const source = JSON.parse(document.getElementById("source").textContent);
  const fields = [...document.querySelectorAll("[data-line]")];
  const status = document.getElementById("status");
  const key = `kata:${source.file}:${source.key}`;
  let saved = true;

  const read = (field) => (field.type === "checkbox" ? field.checked : field.value);
  const isEmpty = (field) => read(field) === "" || read(field) === false;

  /** The Markdown with what was typed in its place. */
  function markdown() {
    const lines = source.text.split("\n");
    for (const field of fields) {
      if (isEmpty(field)) continue;
      const at = Number(field.dataset.line);
      lines[at] = WRITERS[field.dataset.kind](lines[at], field, (text) => (lines[at + 1] = text));
    }
    return lines.join("\n");
  }

  const WRITERS = {
    cell(line, field) {
      const cells = line.split(/(?<!\\)\|/);
      const text = field.value.trim().replace(/\s+/g, " ").replace(/\\?\|/g, "\\|");
      cells[Number(field.dataset.column) + 1] = ` ${text} `;
      return cells.join("|");
    },
    // The line opens an empty fence that the next one closes.
    slot(line, field, next) {
      const body = field.value.replace(/\s+$/, "");
      const longest = Math.max(2, ...[...body.matchAll(/`{3,}/g)].map(([run]) => run.length));
      const ticks = "`".repeat(longest + 1);
      next(`${body}\n${ticks}`);
      return line.replace(/^`+/, ticks);
    },
    check: (line) => line.replace("[ ]", "[x]"),
    note: (line, field) => `${line}\n\n${field.value.trim()}`,
  };

  function remember() {
    saved = false;
    try {
      localStorage.setItem(key, JSON.stringify(fields.map(read)));
    } catch {
      // Storage may be off; then leaving the page asks first.
    }
  }

  function restore() {
    let values;
    try {
      values = JSON.parse(localStorage.getItem(key) ?? "[]");
    } catch {
      return;
    }
    if (values.length !== fields.length) return;
    for (const [index, field] of fields.entries()) {
      if (field.type === "checkbox") field.checked = values[index] === true;
      else field.value = String(values[index]);
    }
    if (!fields.every(isEmpty)) status.textContent = "What you had typed here is back.";
  }

  function save() {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([markdown()], { type: "text/markdown" }));
    link.download = source.file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    saved = true;
    status.textContent = `Saved ${source.file}.${source.next === "" ? "" : ` Now: ${source.next}`}`;
  }

  function clear() {
    if (!confirm("Empty all fields?")) return;
    for (const field of fields) {
      if (field.type === "checkbox") field.checked = false;
      else field.value = "";
    }
    remember();
    saved = true;
    for (const field of fields) grow(field);
    status.textContent = "All fields are empty.";
  }

  function grow(field) {
    if (field.tagName !== "TEXTAREA") return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 4}px`;
  }

  restore();
  for (const field of fields) {
    grow(field);
    field.addEventListener("input", () => {
      grow(field);
      remember();
    });
  }
  document.getElementById("save")?.addEventListener("click", save);
  document.getElementById("clear")?.addEventListener("click", clear);
  document.getElementById("print").addEventListener("click", () => print());
  addEventListener("beforeunload", (event) => {
    if (!saved && fields.length > 0) event.preventDefault();
  });
})();
