// Values beside what they should be.
let missed = 0;

/** Prints a value and what it should be at most, or at least. */
export function tell(what, value, unit, target, least = false) {
  const good = least ? value >= target : value <= target;
  missed += good ? 0 : 1;
  const shown = value >= 100 ? value.toFixed(0) : value.toFixed(1);
  console.log(`${good ? "  " : "! "}${what.padEnd(48)}${shown.padStart(9)} ${unit.padEnd(5)}${least ? "at least" : "at most"} ${target}`);
}

/** How many were beyond. */
export const summary = () => (missed ? `${missed} beyond the target` : "everything within its target");
