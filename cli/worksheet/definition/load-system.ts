import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { KataError, say } from "../../../graders/reading.ts";
import { INTERVIEW_FILE, findSystem } from "./open-system.ts";
import { System } from "./system.ts";

/**
 * Reads and checks a definition.
 * @throws KataError `unknown-system`, `definition-invalid`.
 */
export function loadSystem(workspace: string, slug: string): System {
  return readSystem(findSystem(workspace, slug));
}

/** @throws KataError `definition-invalid` */
export function readSystem(file: string): System {
  const slug = basename(file, ".json");
  const parsed = System.safeParse(withShared(parseJson(slug, readFileSync(file, "utf8"))));
  if (!parsed.success) {
    const why = parsed.error.issues
      .map(({ path, message }) => `${path.join(".") || "it"}: ${message}`)
      .join("; ");
    throw new KataError("definition-invalid", { slug, why }, parsed.error);
  }
  if (parsed.data.slug === slug) return parsed.data;
  const why = say`slug is "${parsed.data.slug}" but the file is ${slug}.json`;
  throw new KataError("definition-invalid", { slug, why });
}

function parseJson(slug: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = say`it is not JSON: ${(error as Error).message}`;
    throw new KataError("definition-invalid", { slug, why }, error);
  }
}

/** A section of a definition names its id and what differs from the shared one. */
function withShared(definition: unknown): unknown {
  const shared = JSON.parse(readFileSync(INTERVIEW_FILE, "utf8")) as {
    sections: { id: string }[];
    rubric: unknown;
  };
  if (!isRecord(definition)) return definition;
  const own = Array.isArray(definition["sections"]) ? definition["sections"].filter(isRecord) : [];
  const sections = shared.sections.map((section) => ({
    ...section,
    ...own.find(({ id }) => id === section.id),
  }));
  const unknown = own.filter(({ id }) => !shared.sections.some((section) => section.id === id));
  return { rubric: shared.rubric, ...definition, sections: [...sections, ...unknown] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
