import type { Standing } from '../../domain/vocabularies.ts';
import type { Claim } from '../files/read.ts';

/** What the positions on a claim amount to. */
export interface Derived {
  standing: Standing;
  /** Sources in which somebody asserts or supports it and that repeat no other such source. */
  independentSources: number;
}

/**
 * The standing of every claim, by id: `disputed` when an actor denies or doubts what another
 * asserts or supports, or when a contradicting claim has an asserter; else `corroborated` when two or
 * more independent sources have it asserted; else `single-source`. `contradicts` must be
 * stated on both sides.
 */
export function standings(
  claims: readonly Claim[],
  derivedFrom: ReadonlyMap<string, readonly string[]>,
): Map<string, Derived> {
  const asserted = new Set(claims.filter((claim) => asserters(claim).length > 0).map((claim) => claim.id));
  return new Map(
    claims.map((claim) => {
      const sources = new Set(
        asserters(claim).flatMap((position) => position.citations.map((citation) => citation.source)),
      );
      const independentSources = [...sources].filter(
        (source) => !origins(source, derivedFrom).some((origin) => sources.has(origin)),
      ).length;
      const opposed = claim.positions
        .filter(({ stance }) => stance === 'denies' || stance === 'doubts')
        .some((against) => asserters(claim).some((position) => position.actor !== against.actor));
      const disputed = opposed || claim.contradicts.some((other) => asserted.has(other));
      const standing = disputed ? 'disputed' : independentSources >= 2 ? 'corroborated' : 'single-source';
      return [claim.id, { standing, independentSources }];
    }),
  );
}

function asserters(claim: Claim): Claim['positions'] {
  return claim.positions.filter(({ stance }) => stance === 'asserts' || stance === 'supports');
}

/** Every source from which one derives, at any remove. */
function origins(source: string, derivedFrom: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const queue = [...(derivedFrom.get(source) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    queue.push(...(derivedFrom.get(next) ?? []));
  }
  return [...found];
}
