import type { z } from 'zod';
import { type Side, sideOf, standings } from '../../domain/vocabularies.ts';
import type { claim } from '../../resources/claims/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html, joined } from '../html.ts';
import { actorLink, claimLink, plainWord } from './links.ts';

export type Claim = z.infer<typeof claim>;
export type Position = Claim['positions'][number];

/** Claims in a list. */
export function claimRows(context: Context, claims: readonly Claim[]): Html {
  return html`<ol class="claims">${claims.map((each) => claimRow(context, each, claims))}</ol>`;
}

/** A claim between those who are for it and those who are against it, or for what it contradicts among `known` claims. */
export function claimRow(context: Context, claim: Claim, known: readonly Claim[] = []): Html {
  const { contradicts, standing, kind } = claim;
  const others = positionsOn(claim, 'neither');
  return html`
    <li class="claim">
      <div class="side for">${holders(context, positionsOn(claim, 'for')) ?? html`<p class="nobody">Nobody asserts it</p>`}</div>
      <div class="middle">
        <h3>${claimLink(context, claim)}</h3>
        <p class="meta">
          ${joined(
            [
              html`<b class=${`standing ${standing}`} title=${standings[standing]}>${plainWord(standing)}</b>`,
              plainWord(kind),
              others.length > 0 &&
                html`passed on by ${joined(others.map(({ actor }) => actorLink(context, actor)))}`,
            ].filter(Boolean),
            ' · ',
          )}
        </p>
        ${
          contradicts.length > 0 &&
          html`<p class="against-it">
            Contradicts: ${joined(
              contradicts.map((other) => claimLink(context, other)),
              '; ',
            )}
          </p>`
        }
      </div>
      <div class="side against">${holders(context, positionsOn(claim, 'against')) ?? otherwise(context, claim, known)}</div>
    </li>
  `;
}

/** The positions on one side of a claim, in the order of the claim. */
export function positionsOn({ positions }: Claim, side: Side): Position[] {
  return positions.filter(({ stance }) => sideOf[stance] === side);
}

/** Those who take a position on one side, each stance of an actor once; null where there are none. */
function holders(context: Context, positions: readonly Position[]): Html {
  if (positions.length === 0) return null;
  const once = new Map(positions.map((each) => [`${each.actor.id} ${each.stance}`, each]));
  return html`
    <ul>
      ${[...once.values()].map(
        ({ actor, stance }) =>
          html`<li>${actorLink(context, actor)} <span class="stance">${plainWord(stance)}</span></li>`,
      )}
    </ul>
  `;
}

/** The holders of contradicting claims, shown where no position denies the claim itself. */
function otherwise(context: Context, { contradicts }: Claim, known: readonly Claim[]): Html {
  const ids = new Set(contradicts.map(({ id }) => id));
  const theirs = known.filter(({ id }) => ids.has(id)).flatMap((other) => positionsOn(other, 'for'));
  const actors = new Map(theirs.map(({ actor }) => [actor.id, actor]));
  if (actors.size === 0)
    return html`<p class="nobody">${ids.size > 0 ? 'Nobody denies it, but see what it contradicts' : 'Nobody denies it'}</p>`;
  return html`
    <ul>
      ${[...actors.values()].map(
        (actor) => html`<li>${actorLink(context, actor)} <span class="stance">says otherwise</span></li>`,
      )}
    </ul>
  `;
}
