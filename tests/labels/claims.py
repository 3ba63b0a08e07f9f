#!/usr/bin/env python3
"""Scores how well `claim-uncited` finds the sentences for which a careful colleague would ask for a source.

usage: claims.py --ibid PATH --vaults FOLDER [--strictness LEVEL] [--part dev|test|fresh|all] [--show]

FOLDER contains one folder for each vault that the labels name. The vault `examples` is in this repository. Each vault is
checked with the example's sources only, so that only the note itself can support a claim. Prints three figures, each with its
95 % interval (Wilson 1927):

- precision and recall on the labelled sentences (claims.jsonl);
- findings per 1,000 words in all notes of a vault;
- the share of correct findings among the first hundred of a vault, ordered by hash (claims-flags.jsonl). An unlabelled
  finding among them is reported and counts as wrong.

claims.md is the guideline for labels. Standard library only.
"""
import argparse
import collections
import hashlib
import json
import math
import pathlib
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).parent
EXAMPLE = HERE.parents[1] / 'examples/alignment'
NOTES = {
    'turntrout': 'website_content/**/*.md',
    'rust-rfcs': 'text/**/*.md',
    'cppdocs': 'docs/**/*.md',
    'examples': 'notes/**/*.md',
}
RATED = ['rust-rfcs', 'turntrout']
READ = 100


def findings(ibid, vault, folder, strictness):
    """The uncited claims of a vault as (path, start, end), and the number of words in its notes."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = pathlib.Path(scratch) / 'vault'
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns('.git', 'ibid.toml', 'media'))
        sources = json.dumps(str(EXAMPLE / 'sources'))
        (copy / 'ibid.toml').write_text(
            f'sources = [{sources}]\nnotes = ["{NOTES[vault]}"]\n[claims]\nstrictness = "{strictness}"\n'
        )
        command = [ibid, 'check', '--format', 'json', '--fail-on', 'never']
        notes = json.loads(subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, check=True).stdout)['notes']
        words = sum(len(path.read_text(errors='replace').split()) for path in copy.glob(NOTES[vault]))
    found = [
        (note['path'], finding['start'], finding['end'])
        for note in notes
        for finding in note['findings']
        if finding['code'] == 'claim-uncited'
    ]
    return found, words


def share(count, of):
    """A share with its Wilson interval, as text."""
    if not of:
        return 'none'
    z, p = 1.96, count / of
    middle, reach = p + z * z / (2 * of), z * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = (middle - reach) / (1 + z * z / of), (middle + reach) / (1 + z * z / of)
    return f'{p:.3f} ({low:.3f} to {high:.3f}; {count} of {of})'


def read(name, folders):
    """The labels of a file whose bytes are still those that were labelled."""
    path, kept = HERE / name, []
    for label in map(json.loads, path.read_text().splitlines() if path.exists() else []):
        file = folders[label['vault']] / label['path']
        there = file.read_bytes()[label['start'] : label['end']] if file.exists() else b''
        if hashlib.sha256(there).hexdigest().startswith(label['sha256']):
            kept.append(label)
        else:
            print(f'{label["vault"]}/{label["path"]}:{label["start"]}: the text has changed, left out')
    return kept


def is_found(label, found):
    """Whether a finding lies on more than half of the labelled sentence, or it on more than half of the finding."""
    for start, end in found.get((label['vault'], label['path']), []):
        shared = min(end, label['end']) - max(start, label['start'])
        if 2 * shared > min(end - start, label['end'] - label['start']):
            return True
    return False


def by_hash(vault, found):
    """The findings in an order that does not depend on where they stand nor on what else is found."""
    return sorted(found, key=lambda one: hashlib.sha256(f'{vault}/{one[0]}:{one[1]}'.encode()).digest())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--ibid', required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument('--vaults', required=True, type=pathlib.Path)
    parser.add_argument('--strictness', default='standard', choices=['relaxed', 'standard', 'strict'])
    parser.add_argument('--part', default='all', choices=['dev', 'test', 'fresh', 'all'])
    parser.add_argument('--show', action='store_true', help='print the labelled sentences that are judged otherwise')
    options = parser.parse_args()
    folders = {vault: options.vaults / vault for vault in NOTES} | {'examples': EXAMPLE}

    found, rates = collections.defaultdict(list), []
    for vault, folder in folders.items():
        told, words = findings(options.ibid, vault, folder, options.strictness)
        for path, start, end in told:
            found[vault, path].append((start, end))
        if vault in RATED:
            rates.append((vault, told, words))

    labels = [label for label in read('claims.jsonl', folders) if options.part in ('all', label['part'])]
    table = collections.Counter((label['label'], is_found(label, found)) for label in labels)
    right, wrong, missed = table['asks', True], table['fine', True], table['asks', False]
    print(f'{len(labels)} sentences ({options.part}), {right + missed} for which one would ask, {options.strictness}:')
    print(f'  precision {share(right, right + wrong)}')
    print(f'  recall    {share(right, right + missed)}')
    for label in labels if options.show else []:
        if (label['label'] == 'asks') != is_found(label, found):
            text = (folders[label['vault']] / label['path']).read_bytes()[label['start'] : label['end']].decode()
            kind = label.get('kind', '')
            print('   ', 'missed' if label['label'] == 'asks' else 'wrong ', kind, '|', ' '.join(text.split()))

    known = {(label['vault'], label['path'], label['start']): label for label in read('claims-flags.jsonl', folders)}
    for vault, told, words in rates:
        sample = by_hash(vault, told)[:READ]
        judged = [known.get((vault, path, start)) for path, start, _ in sample]
        asks = sum(label is not None and label['label'] == 'asks' for label in judged)
        print(f'{vault}: {1000 * len(told) / words:.3f} findings in 1,000 words ({len(told)} in {words})')
        print(f'  of the first {len(sample)}, right {share(asks, len(sample))}; {judged.count(None)} not labelled')


if __name__ == '__main__':
    main()
