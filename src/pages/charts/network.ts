import {
  forceCenter,
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
} from 'd3-force';
import { scaleSqrt } from 'd3-scale';
import type { z } from 'zod';
import type { graph } from '../../resources/graph/schema.ts';
import type { Context } from '../context.ts';
import { type Html, html } from '../html.ts';

type Graph = z.infer<typeof graph>;
type Edge = Graph['edges'][number];
type Node = Graph['nodes'][number] & { x?: number; y?: number; radius: number };
/** Where the name of an actor is written: its point, and which part of the text is there. */
interface Label {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}
type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Steps of the layout; it always ends in the same picture. */
const STEPS = 120;
/** Half the width of a letter of a label, and how far it reaches above and below its line, in pixels. */
const LETTER = 3.5;
const ASCENT = 11;
const DESCENT = 4;
/** Room for a label below a circle. */
const LINE = 24;

/** Actors as circles sized by their events, and the events they share as lines coloured by cooperation and conflict. */
export function network(
  context: Context,
  { nodes: known, edges }: Pick<Graph, 'nodes' | 'edges'>,
  { small = false } = {},
): Html {
  const [width, height] = small ? [640, 360] : [960, 640];
  const nodes = laidOut(known, edges, width, height);
  const labels = labelled(nodes, width, height);
  const at = new Map(nodes.map((node) => [node.id, node]));
  const heaviest = Math.max(1, ...edges.map(({ weight }) => weight));
  const stroke = scaleSqrt([0, heaviest], [0.5, small ? 6 : 9]);
  return html`
    <figure class=${small ? 'network small' : 'network'}>
      <section class="scrolls" tabindex="0" aria-label="Network">
      <svg viewBox=${`0 0 ${width} ${height}`} role="group" aria-label="Who acts with whom">
        ${edges.map((edge) => line(edge, at, stroke(edge.weight)))}
        ${nodes.map((node) => circle(context, node, labels.get(node.id)))}
      </svg>
      </section>
      <figcaption>
        <span class="key cooperation">mostly cooperation</span><span class="key conflict">mostly conflict</span
        ><span class="key neither">neither, or as much of both</span> <span>Wider lines: more events together.</span>
      </figcaption>
    </figure>
  `;
}

/** Whether two actors cooperate more than they are in conflict. */
export function balance({ cooperation, conflict }: Edge): 'cooperation' | 'conflict' | 'neither' {
  const difference = cooperation.verbal + cooperation.material - conflict.verbal - conflict.material;
  return difference > 0 ? 'cooperation' : difference < 0 ? 'conflict' : 'neither';
}

function laidOut(known: Graph['nodes'], edges: readonly Edge[], width: number, height: number): Node[] {
  const most = Math.max(1, ...known.map(({ events }) => events));
  const radius = scaleSqrt([0, most], [4, width / 36]);
  const nodes: Node[] = known.map((node) => ({ ...node, radius: radius(node.events) }));
  const links = edges.map(({ source, target, weight }) => ({ source, target, weight }));
  forceSimulation(nodes)
    .force(
      'link',
      forceLink<Node, (typeof links)[number]>(links)
        .id(({ id }) => id)
        .distance(width / 9)
        .strength(({ weight }) => Math.min(0.6, weight / 12)),
    )
    .force('charge', forceManyBody().strength(-width / 2.4))
    .force(
      'collide',
      forceCollide<Node>(({ radius: own, name }) =>
        Math.max(own + width / 48, shortened(name).length * LETTER * 0.8),
      ),
    )
    .force('center', forceCenter(width / 2, height / 2))
    .force('x', forceX(width / 2).strength(0.05))
    .force('y', forceY(height / 2).strength(0.11))
    // Cooled down within the steps.
    .alphaDecay(1 - 0.001 ** (1 / STEPS))
    .stop()
    .tick(STEPS);
  for (const node of nodes) {
    // A label, centred below its circle, is not to be cut off.
    const margin = Math.max(node.radius, shortened(node.name).length * LETTER) + 4;
    node.x = Math.min(width - margin, Math.max(margin, node.x ?? 0));
    node.y = Math.min(height - LINE, Math.max(node.radius + 6, node.y ?? 0));
  }
  return nodes;
}

function line(edge: Edge, at: ReadonlyMap<string, Node>, width: number): Html {
  const [from, to] = [at.get(edge.source), at.get(edge.target)];
  if (!from || !to) return null;
  return html`
    <line class=${balance(edge)} x1=${round(from.x)} y1=${round(from.y)} x2=${round(to.x)} y2=${round(to.y)} stroke-width=${round(width)}>
      <title>${from.name} and ${to.name}: ${edge.weight} events</title>
    </line>
  `;
}

/**
 * Where each name is written: below its circle, above, or beside, wherever it covers no other name and no circle; those of more
 * events choose first. A name for which there is no room is left to the title of its circle and to the table.
 */
function labelled(nodes: readonly Node[], width: number, height: number): Map<string, Label> {
  const circles = nodes.map(({ id, x = 0, y = 0, radius: r }) => ({
    id,
    box: [x - r, y - r, x + r, y + r] as Box,
  }));
  const taken: Box[] = [];
  const labels = new Map<string, Label>();
  for (const node of nodes.toSorted((a, b) => b.events - a.events)) {
    const others = [...taken, ...circles.filter(({ id }) => id !== node.id).map(({ box }) => box)];
    const free = places(node).find(
      ({ box }) => inside(box, width, height) && !others.some((other) => meet(box, other)),
    );
    if (!free) continue;
    labels.set(node.id, free.label);
    taken.push(free.box);
  }
  return labels;
}

function places({ x = 0, y = 0, radius, name }: Node): { label: Label; box: Box }[] {
  const half = shortened(name).length * LETTER;
  const beside = (label: Label): { label: Label; box: Box } => {
    const left = label.x - (label.anchor === 'start' ? 0 : label.anchor === 'end' ? 2 * half : half);
    return { label, box: [left, label.y - ASCENT, left + 2 * half, label.y + DESCENT] };
  };
  return [
    beside({ x, y: y + radius + ASCENT + 2, anchor: 'middle' }),
    beside({ x, y: y - radius - DESCENT - 2, anchor: 'middle' }),
    beside({ x: x + radius + 4, y: y + DESCENT, anchor: 'start' }),
    beside({ x: x - radius - 4, y: y + DESCENT, anchor: 'end' }),
  ];
}

function inside([left, top, right, bottom]: Box, width: number, height: number): boolean {
  return left >= 0 && top >= 0 && right <= width && bottom <= height;
}

function meet(a: Box, b: Box): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function circle(
  context: Context,
  { id, name, events, x, y, radius, kind }: Node,
  label: Label | undefined,
): Html {
  return html`
    <a href=${context.href(`/actors/${id}`)}>
      <title>${name}: ${events} events</title>
      <circle class=${kind} cx=${round(x)} cy=${round(y)} r=${round(radius)} />
      ${label && html`<text x=${round(label.x)} y=${round(label.y)} text-anchor=${label.anchor}>${shortened(name)}</text>`}
    </a>
  `;
}

function shortened(name: string): string {
  return name.length > 28 ? `${name.slice(0, 27)}…` : name;
}

function round(value = 0): number {
  return Math.round(value * 10) / 10;
}
