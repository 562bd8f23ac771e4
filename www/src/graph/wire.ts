/** The shape of an edge: its corners are round. */
const ROUND = 7;

export function curve(points: number[]): string {
  const count = points.length / 2;
  const x = (at: number) => points[2 * at] ?? 0;
  const y = (at: number) => points[2 * at + 1] ?? 0;
  let path = `M${x(0)} ${y(0)}`;
  for (let at = 1; at < count - 1; at += 1) {
    const before = Math.hypot(x(at) - x(at - 1), y(at) - y(at - 1));
    const after = Math.hypot(x(at + 1) - x(at), y(at + 1) - y(at));
    const round = Math.min(ROUND, before / 2, after / 2);
    if (round < 1) {
      path += `L${x(at)} ${y(at)}`;
      continue;
    }
    const towards = (other: number, length: number) => [x(at) + ((x(other) - x(at)) * round) / length, y(at) + ((y(other) - y(at)) * round) / length];
    const [ax, ay] = towards(at - 1, before);
    const [bx, by] = towards(at + 1, after);
    path += `L${ax} ${ay}Q${x(at)} ${y(at)} ${bx} ${by}`;
  }
  return `${path}L${x(count - 1)} ${y(count - 1)}`;
}
