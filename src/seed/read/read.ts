import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { valuePerWord } from '../../domain/vocabularies.ts';
import type { Dataset, SeedRecords } from '../files/dataset.ts';
import { type SeedDataset, type SeedKind, type SeedRetired, seedKinds } from '../files/format.ts';
import { DatasetError, type Mistake, mistakeOfFile, type Path } from '../files/mistakes.ts';
import { kinds } from '../kinds.ts';
import { labelOf, type ParsedFile, parseFile } from './parse.ts';

/**
 * Reads the dataset files at a path: a folder (with those below it) of `.yaml` or `.yml` files, or one file.
 * Throws a DatasetError that lists every mistake of form in every file.
 */
export function readDataset(path: string): Dataset {
  const mistakes: Mistake[] = [];
  const files = filesAt(path).flatMap((file) => parseFile(file, mistakes) ?? []);
  return datasetOfFiles(path, files, mistakes);
}

/** The dataset that some files are, together; `mistakes` are those that were found in them already. Throws a DatasetError. */
export function datasetOfFiles(
  path: string,
  files: readonly ParsedFile[],
  mistakes: Mistake[] = [],
): Dataset {
  const dataset = headOf(files, mistakes);
  if (mistakes.length > 0) throw new DatasetError(mistakes);
  if (!dataset) {
    throw new DatasetError([
      mistakeOfFile(path, 'no file has a `dataset:` section, which names the dataset'),
    ]);
  }

  const records = valuePerWord<SeedRecords>(seedKinds, () => []);
  const retired: SeedRetired[] = [];
  const places = new Map<object, Place>();
  const collectKind = <K extends SeedKind>(file: ParsedFile, kind: K): void => {
    const { section, read } = kinds[kind];
    collect(read(file.content), { file, section }, records[kind], places);
  };
  for (const file of files) {
    for (const kind of seedKinds) collectKind(file, kind);
    collect(file.content.retired ?? [], { file, section: 'retired' }, retired, places);
  }
  return {
    dataset,
    records,
    retired,
    exceptions: files.flatMap((file) => file.content.exceptions ?? []),
    locate(record, path = []) {
      const place = places.get(record);
      return place ? lineIn(place, path) : { file: '', line: 0, record: null };
    },
  };
}

/** Where a record is in the files. */
interface Place {
  file: ParsedFile;
  section: string;
  index: number;
  id: string;
}

/** Adds records of a section to a list, and the place of each to `places`. */
function collect<R extends { id: string }>(
  records: readonly R[],
  { file, section }: Pick<Place, 'file' | 'section'>,
  list: R[],
  places: Map<object, Place>,
): void {
  for (const [index, record] of records.entries()) {
    list.push(record);
    places.set(record, { file, section, index, id: record.id });
  }
}

function lineIn({ file, section, index, id }: Place, path: Path): ReturnType<Dataset['locate']> {
  return {
    file: file.file,
    line: file.lineOf([section, index, ...path]),
    record: `${labelOf(section)} ${id}`,
  };
}

/** The description of the dataset in the one file that has it; a mistake for every further one. */
function headOf(files: readonly ParsedFile[], mistakes: Mistake[]): SeedDataset | undefined {
  const [first, ...others] = files.filter(({ content }) => content.dataset);
  for (const { file, lineOf } of others) {
    mistakes.push({
      file,
      line: lineOf(['dataset']),
      record: null,
      message: `the dataset is already described in ${first?.file}: keep one description`,
    });
  }
  return first?.content.dataset;
}

function filesAt(path: string): string[] {
  let names: string[];
  try {
    names = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: 'utf8' })
          .filter((name) => /\.ya?ml$/i.test(name))
          .sort()
          .map((name) => join(path, name))
      : [path];
  } catch {
    throw new DatasetError([mistakeOfFile(path, 'no such file or folder: name a folder of dataset files')]);
  }
  if (names.length === 0) {
    throw new DatasetError([mistakeOfFile(path, 'the folder has no .yaml or .yml files')]);
  }
  return names;
}
