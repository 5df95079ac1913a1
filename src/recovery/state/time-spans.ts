/** A span of time in milliseconds since 1970. `from` is inclusive, `to` is exclusive. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** The parts of a span that no other span covers, oldest first. */
export function subtract<S extends Span>(span: S, others: readonly Span[]): S[] {
  return others.reduce<S[]>((remaining, other) => remaining.flatMap((part) => subtractOne(part, other)), [span])
}

/** The parts of a span that at least one other span covers, oldest first. None of them overlap. */
export function intersect(span: Span, others: readonly Span[]): Span[] {
  return union(others.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })))
}

/** The spans, oldest first. Spans that touch or overlap are joined, and empty ones are left out. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of sortByStart(spans.filter(({ from, to }) => from < to))) {
    const last = joined.at(-1)
    if (last === undefined || last.to < span.from) joined.push({ from: span.from, to: span.to })
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

/** A copy of the spans, oldest first. */
export function sortByStart<S extends Span>(spans: readonly S[]): S[] {
  return spans.toSorted((a, b) => a.from - b.from)
}

/** Whether two spans begin and end at the same times. */
export function isSameSpan(a: Span, b: Span): boolean {
  return a.from === b.from && a.to === b.to
}

/** The sum of the lengths, in milliseconds. */
export function totalMs(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0)
}

function subtractOne<S extends Span>(span: S, other: Span): S[] {
  const before = { ...span, to: Math.min(span.to, other.from) }
  const after = { ...span, from: Math.max(span.from, other.to) }
  if (before.to === span.to || after.from === span.from) return [span]
  return [before, after].filter(({ from, to }) => from < to)
}
