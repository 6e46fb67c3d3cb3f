/**
 * Puts a space into words longer than `room`, behind a comma where there is one, so that wrapping
 * can break a long literal. Each piece but the last fills its line, so no space is seen inside one.
 */
export function breakLongWords(text: string, room: number): string {
  return text
    .split(" ")
    .map((word) => pieces(word, Math.max(1, room)).join(" "))
    .join(" ");
}

function pieces(word: string, room: number): string[] {
  if (word.length <= room) return [word];
  const comma = word.lastIndexOf(",", room - 1);
  const cut = comma > room / 2 ? comma + 1 : room;
  return [word.slice(0, cut), ...pieces(word.slice(cut), room)];
}
