/** An instant as `2026-11-21 19:04`, in the time zone of this machine; as it is when it is none. */
export function localTime(instant: string): string {
  // oxlint-disable-next-line no-restricted-globals -- reads a written instant, not the clock
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const two = (value: number): string => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
