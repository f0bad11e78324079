import { type Side, type Standing, sideOf } from '../../domain/vocabularies.ts';
import type { Claim, SeedRecords } from '../files/dataset.ts';
import type { Assessment, DerivedRecords } from '../kinds/definition.ts';

/**
 * The claims of a dataset with what the positions on each amount to: `disputed` when an actor denies or
 * doubts what another asserts or supports, or when a contradicting claim is asserted or supported; else
 * `corroborated` when two or more independent sources have it asserted; else `single-source`.
 * Every contradiction is listed by both claims.
 */
export function assessedClaims(records: SeedRecords): DerivedRecords['claim'] {
  const claims = contradictedBothWays(records.claim);
  const asserted = new Set(
    claims.filter((claim) => positionsOn('for', claim).length > 0).map(({ id }) => id),
  );
  const derivedFrom = new Map(records.source.map((source) => [source.id, source.derivedFrom ?? []]));
  return claims.map((claim) => ({ ...claim, ...assessment(claim, asserted, derivedFrom) }));
}

function assessment(
  claim: Claim,
  asserted: ReadonlySet<string>,
  derivedFrom: ReadonlyMap<string, readonly string[]>,
): Assessment {
  const supporting = positionsOn('for', claim);
  const sources = new Set(
    supporting.flatMap((position) => position.citations.map((citation) => citation.source)),
  );
  const independentSources = [...sources].filter(
    (source) => !origins(source, derivedFrom).some((origin) => sources.has(origin)),
  ).length;
  const opposed = positionsOn('against', claim).some((against) =>
    supporting.some((position) => position.actor !== against.actor),
  );
  const disputed = opposed || claim.contradicts.some((other) => asserted.has(other));
  return { standing: standingOf(disputed, independentSources), independentSources };
}

function standingOf(disputed: boolean, independentSources: number): Standing {
  if (disputed) return 'disputed';
  return independentSources >= 2 ? 'corroborated' : 'single-source';
}

function positionsOn(side: Side, claim: Claim): Claim['positions'] {
  return claim.positions.filter(({ stance }) => sideOf[stance] === side);
}

function contradictedBothWays(claims: readonly Claim[]): Claim[] {
  const contradicting = new Map(claims.map(({ id }) => [id, new Set<string>()]));
  for (const { id, contradicts } of claims) {
    for (const other of contradicts) {
      contradicting.get(id)?.add(other);
      contradicting.get(other)?.add(id);
    }
  }
  return claims.map((claim) => ({
    ...claim,
    contradicts: [...(contradicting.get(claim.id) ?? [])].sort(),
  }));
}

/** All sources from which a source derives, directly or not. */
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
