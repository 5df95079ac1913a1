/** A stretch of time in milliseconds since 1970: `from` is in it, `to` is not. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** What is left of a span without some others; in order. */
export function subtract<S extends Span>(span: S, others: readonly Span[]): S[] {
  return others.reduce<S[]>((left, other) => left.flatMap((part) => subtractOne(part, other)), [span])
}

/** The parts of a span that lie in one of some others; in order, none overlapping. */
export function intersect(span: Span, others: readonly Span[]): Span[] {
  return union(others.map(({ from, to }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to) })))
}

/** All of some spans, those that touch or overlap as one; in order. */
export function union(spans: readonly Span[]): Span[] {
  const joined: Span[] = []
  for (const span of inOrder(spans.filter(({ from, to }) => from < to))) {
    const last = joined.at(-1)
    if (last === undefined || last.to < span.from) joined.push({ from: span.from, to: span.to })
    else joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
  }
  return joined
}

/** Oldest first. */
export function inOrder<S extends Span>(spans: readonly S[]): S[] {
  return spans.toSorted((a, b) => a.from - b.from)
}

function subtractOne<S extends Span>(span: S, other: Span): S[] {
  const before = { ...span, to: Math.min(span.to, other.from) }
  const after = { ...span, from: Math.max(span.from, other.to) }
  if (before.to === span.to || after.from === span.from) return [span]
  return [before, after].filter(({ from, to }) => from < to)
}
