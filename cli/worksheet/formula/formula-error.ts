/** Why a formula cannot be read or computed. The message is for the one who wrote it. */
export class FormulaError extends Error {
  override readonly name = "FormulaError";
}
