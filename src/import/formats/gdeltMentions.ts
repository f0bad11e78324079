import { given, type ImportedMention, type ImportFormat, type Row, RowError } from '../format.ts';
import { gdelt } from './gdelt.ts';

/** The 16 columns of the export of mentions of GDELT 2.0, in lower case. */
const COLUMNS = [
  'globaleventid',
  'eventtimedate',
  'mentiontimedate',
  'mentiontype',
  'mentionsourcename',
  'mentionidentifier',
  'sentenceid',
  'actor1charoffset',
  'actor2charoffset',
  'actioncharoffset',
  'inrawtext',
  'confidence',
  'mentiondoclen',
  'mentiondoctone',
  'mentiondoctranslationinfo',
  'extras',
];

/** The reports that mention events of GDELT: as it publishes them, without a header, and as tables of its database are exported. */
export const gdeltMentions: ImportFormat = {
  describes: gdelt.describes,
  amends: true,
  forms: [
    { delimiter: '\t', quotes: false, header: false, columns: COLUMNS },
    { delimiter: ',', quotes: true, header: true, columns: COLUMNS },
  ],
  read,
};

function read(row: Row, dataset: string): ImportedMention {
  const number = given(row, 'globaleventid');
  if (!/^\d+$/.test(number)) throw new RowError(`globaleventid "${number}" is not a number`);
  const type = given(row, 'mentiontype');
  if (!/^[1-6]$/.test(type)) throw new RowError(`mentiontype "${type}" is not a number from 1 to 6`);
  const source = given(row, 'mentionsourcename');
  const identifier = given(row, 'mentionidentifier');
  const offset = given(row, 'actioncharoffset');
  if (!/^(-1|\d{1,9})$/.test(offset))
    throw new RowError(`actioncharoffset "${offset}" is not a whole number or -1`);
  const isWeb = type === '1';
  return {
    mentionOf: `${dataset}-${number}`,
    citation: {
      source: dataset,
      document: {
        id: number,
        url: isWeb ? identifier : null,
        // What is not on the web is identified by a citation or an id of its collection.
        reportedBy: isWeb ? source : `${source}: ${identifier}`,
        offset: offset === '-1' ? null : Number(offset),
      },
    },
  };
}
