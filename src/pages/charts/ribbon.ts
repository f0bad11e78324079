import { scaleLinear } from 'd3-scale';
import type { z } from 'zod';
import { type Interval, intervalOf } from '../../domain/intervals.ts';
import type { EventType } from '../../domain/vocabularies.ts';
import { getTimeline, type TimelineQuery } from '../../resources/timeline/queries.ts';
import type { timeline } from '../../resources/timeline/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';
import { dateInWords } from '../parts/dates.ts';
import { sideOfType } from '../parts/events.ts';

type Timeline = z.infer<typeof timeline>;

/** What events are stacked by, from the bottom up. */
const STACK = ['cooperation', 'conflict', 'neither'] as const;
type Part = (typeof STACK)[number];

interface Bar {
  from: string;
  to: string;
  count: number;
  uncertain: number;
  parts: Record<Part, number>;
}

const HEIGHT = 84;
const WIDTH = 960;
/** Bars in a chart: more would be too thin to be clicked. */
const BARS = 60;

/** Events over time under the filters of a query, stacked by cooperation and conflict; each bar leads to its events. */
export async function ribbon(
  context: Context,
  query: Omit<TimelineQuery, 'of' | 'interval' | 'by'>,
  interval: Interval = 'month',
): Promise<Html> {
  const counts = await getTimeline(context.store.workers, { ...query, of: 'events', interval, by: 'type' });
  return counts.items.length === 0 && counts.undated === 0 ? null : chart(context, counts);
}

/** The chart of counts that are split by type. */
export function chart(context: Context, counts: Timeline): Html {
  const { interval, undated } = counts;
  const all = counts.items.map(barOf);
  const last = all.at(-1);
  const slots = last ? slotsUpTo(last.from, interval) : [];
  const first = slots[0] ?? '';
  const bars = new Map(all.filter(({ from }) => from >= first).map((bar) => [bar.from, bar]));
  const earlier = all.filter(({ from }) => from < first).reduce((sum, { count }) => sum + count, 0);
  const used = slots.slice(slots.findIndex((slot) => bars.has(slot)));
  const uncertain = [...bars.values()].reduce((sum, bar) => sum + bar.uncertain, 0);
  const most = Math.max(1, ...[...bars.values()].map(({ count }) => count));
  const y = scaleLinear([0, most], [0, HEIGHT]);
  if (used.length === 1 && earlier === 0) {
    const open = undated > 0 && ` ${undated} more with a date that is open at an end.`;
    return html`<p class="note">All that have a date: ${spell(used[0] ?? '', interval)}.${open}</p>`;
  }
  const step = Math.min(WIDTH / Math.max(used.length, 1), 40);
  const width = step * used.length;
  return html`
    <figure class="ribbon">
      <section class="scrolls" tabindex="0" aria-label="Events over time">
      <svg viewBox=${`0 0 ${WIDTH + 4} ${HEIGHT + 34}`} role="group" aria-label=${`Events by ${interval}`}>
        <defs>
            <pattern id="shading" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line class="hatch" x1="0" x2="0" y1="0" y2="5" />
            </pattern>
          </defs>
          <line class="base" x1="0" x2=${width} y1=${HEIGHT + 10.5} y2=${HEIGHT + 10.5} />
        ${used.map((slot, index) => {
          const bar = bars.get(slot);
          return html`
            ${bar && barShape(context, bar, { x: index * step, step, y, interval })}
            ${label(slot, interval, index, used) && html`<text class="tick" x=${index * step + 1} y=${HEIGHT + 26}>${label(slot, interval, index, used)}</text>`}
          `;
        })}
        <text class="most" x="0" y="9">${most}</text>
      </svg>
      </section>
      <figcaption>
        ${legend()}
        ${uncertain > 0 && html`<span class="rest undated">shaded: ${uncertain} that may lie in another ${interval}</span>`}
        ${earlier > 0 && html`<span class="rest"><a href=${context.href('/events', { ...filters(context), to: dayBefore(first) })}>${earlier} earlier</a></span>`}
        ${undated > 0 && html`<span class="rest">${undated} whose date is open at an end</span>`}
      </figcaption>
    </figure>
  `;
}

function barShape(
  context: Context,
  { from, to, count, uncertain, parts }: Bar,
  { x, step, y, interval }: { x: number; step: number; y: (value: number) => number; interval: Interval },
): Html {
  const name = `${spell(from, interval)}: ${count} ${count === 1 ? 'event' : 'events'} (${parts.cooperation} cooperation, ${parts.conflict} conflict${uncertain > 0 ? `; ${uncertain} may lie in another ${interval}` : ''})`;
  const href = context.href('/events', { ...filters(context), from, to });
  let top = HEIGHT + 10;
  return html`
    <a href=${href} aria-label=${name}>
      <title>${name}</title>
      <rect class="reach" x=${x} y="10" width=${step} height=${HEIGHT} />
      ${STACK.map((part) => {
        const height = y(parts[part]);
        top -= height;
        return (
          height > 0 &&
          html`<rect class=${part} x=${x + 1} y=${top} width=${Math.max(step - 2, 1)} height=${height} />`
        );
      })}
      ${uncertain > 0 && html`<rect class="shade" x=${x + 1} y=${HEIGHT + 10 - y(uncertain)} width=${Math.max(step - 2, 1)} height=${y(uncertain)} />`}
    </a>
  `;
}

/** What pages of events have that is no filter of theirs, or is said by a bar. */
const OTHER = new Set(['from', 'to', 'cursor', 'sort', 'limit', 'asOf', 'dateMatch', 'of', 'interval', 'by']);

/** The filters under which a page counts events. */
function filters(context: Context): Record<string, string[]> {
  if (context.path !== '/events' && context.path !== '/timeline') return filterOfRecord(context);
  const names = new Set(context.given.map(([name]) => name).filter((name) => !OTHER.has(name)));
  return Object.fromEntries([...names].map((name) => [name, context.values(name)]));
}

/** On the page of an actor, topic, source or dataset, bars lead to the events of that record. */
function filterOfRecord({ path }: Context): Record<string, string[]> {
  const [, kind, id] = /^\/(actor|topic|source|dataset)s\/([^/]+)$/.exec(path) ?? [];
  return kind !== undefined && id !== undefined ? { [kind]: [id] } : {};
}

function barOf({ from, to, count, uncertain, groups = [] }: Timeline['items'][number]): Bar {
  const parts = { cooperation: 0, conflict: 0, neither: 0 };
  for (const group of groups) {
    // Cast: the groups of a split by type are types, or null.
    const side = sideOfType(group.id as EventType | null) ?? 'neither';
    parts[side] += group.count;
  }
  return { from, to, count, uncertain, parts };
}

/** The first days of the intervals up to one, as many as a chart has. */
function slotsUpTo(last: string, interval: Interval): string[] {
  const slots = [last];
  while (slots.length < BARS) {
    const [first = last] = slots;
    if (first <= '0001-01-01') break;
    slots.unshift(intervalOf(dayBefore(first), interval).from);
  }
  return slots;
}

function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** What is written below a bar: the year at its first interval. */
function label(slot: string, interval: Interval, index: number, slots: readonly string[]): string | null {
  const year = slot.slice(0, 4);
  if (interval === 'year') return Number(year) % 5 === 0 || index === 0 ? year : null;
  const before = slots[index - 1];
  if (before === undefined) {
    // The first year has no name where that of the next would be too near.
    const next = slots.findIndex((each) => each.slice(0, 4) !== year);
    return next === -1 || next > 3 ? year : null;
  }
  return before.slice(0, 4) === year ? null : year;
}

/** An interval in words. */
export function spell(from: string, interval: Interval): string {
  if (interval === 'year') return from.slice(0, 4);
  if (interval === 'month') return dateInWords(from.slice(0, 7));
  return interval === 'day' ? dateInWords(from) : `${interval} from ${dateInWords(from)}`;
}

function legend(): Html {
  return html`
    <span class="key cooperation">cooperation</span><span class="key conflict">conflict</span
    ><span class="key neither">neither</span>
  `;
}
