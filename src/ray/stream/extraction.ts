/**
 * What to cut out of a JSON text: every value at a path, `*` standing for each member or element. `onValue` gets the key
 * (the index, for an element), the value's text (empty with `keysOnly`), and the index of the element that the path's
 * first `*` stands for.
 */
export interface Extraction {
  readonly path: readonly string[];
  readonly onValue: (key: string, text: string, row: number) => void;
  readonly keysOnly?: boolean;
}

/** A node of the tree of all extraction paths: its children by name and for `*`, and what to extract here. */
export interface PathStep {
  readonly named: Map<string, PathStep>;
  any: PathStep | null;
  extraction: Extraction | null;
}

export function pathTree(extractions: readonly Extraction[]): PathStep {
  const root = newStep();
  for (const extraction of extractions) {
    let step = root;
    for (const name of extraction.path) {
      const child = (name === '*' ? step.any : step.named.get(name)) ?? newStep();
      if (name === '*') step.any = child;
      else step.named.set(name, child);
      step = child;
    }
    step.extraction = extraction;
  }
  return root;
}

function newStep(): PathStep {
  return { named: new Map(), any: null, extraction: null };
}
