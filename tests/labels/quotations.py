#!/usr/bin/env python3
"""Scores the `quote-*` findings in real notes by the labels of people who read them.

usage: quotations.py --ibid PATH --vaults FOLDER [--labels FOLDER]

FOLDER contains one folder for each vault that the labels name. A vault is checked with its own notes as its sources, so that
quotations of one note in another can be checked: every link between notes is then a citation of an available source.
quotations.md is the guideline for labels. A range whose text has changed is reported and left out. An unlabelled finding is
reported and counts as wrong until somebody labels it. Standard library only.
"""
import argparse
import collections
import hashlib
import json
import math
import os
import pathlib
import shutil
import subprocess
import tempfile

OTHERS = [
    'citation-unresolved', 'citation-ambiguous', 'claim-uncited', 'claim-unsupported', 'claim-contradicted',
    'claim-overstated', 'term-contested', 'term-undefined',
]
CONFIGURATION = 'sources = ["**/*.md"]\nnotes = ["**/*.md"]\n[severity]\n' + ''.join(
    f'{code} = "off"\n' for code in OTHERS
)


def findings(ibid, vault):
    """The quote-* findings of a vault that quotes itself, and how many words it has."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / 'vault'
        shutil.copytree(vault, copy, ignore=shutil.ignore_patterns('.git', 'ibid.toml'))
        (copy / 'ibid.toml').write_text(CONFIGURATION)
        command = [ibid, 'check', '--format', 'json', '--fail-on', 'never']
        environment = dict(os.environ, IBID_CACHE='')
        checked = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, check=True, env=environment)
        notes = json.loads(checked.stdout)['notes']
        words = sum(len((copy / note['path']).read_text(errors='replace').split()) for note in notes)
    found = [
        (note['path'], finding['start'], finding['end'], finding['code'])
        for note in notes
        for finding in note['findings']
    ]
    return found, words


def labels_of(file, vaults):
    """The labels of a file whose bytes are still those that were read."""
    for label in map(json.loads, file.read_text().splitlines()):
        there = (vaults / label['vault'] / label['path']).read_bytes()[label['start'] : label['end']]
        if hashlib.sha256(there).hexdigest().startswith(label['sha256']):
            yield label
        else:
            print(f'{label["vault"]}/{label["path"]}:{label["start"]}: the text has changed, left out')


def wilson(count, of):
    """The 95 % interval of a share (Wilson, 1927)."""
    z, share = 1.96, count / of
    middle, half = share + z * z / (2 * of), z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return [max(0.0, (middle + sign * half) / (1 + z * z / of)) for sign in (-1, 1)]


def upper_bound(wrong):
    """The 97.5 % bound of a Poisson rate of which `wrong` were seen, by bisection; for none, the 95 % bound (3.0)."""
    tail = 0.05 if wrong == 0 else 0.025
    low, high = 0.0, 10.0 * (wrong + 1)
    for _ in range(100):
        middle = (low + high) / 2
        below = sum(math.exp(-middle) * middle**k / math.factorial(k) for k in range(wrong + 1))
        low, high = (middle, high) if below > tail else (low, middle)
    return high


def lower_bound(wrong):
    """The 2.5 % bound of a Poisson rate of which `wrong` were seen."""
    low, high = 0.0, float(wrong)
    for _ in range(100):
        middle = (low + high) / 2
        above = 1 - sum(math.exp(-middle) * middle**k / math.factorial(k) for k in range(wrong))
        low, high = (low, middle) if above > 0.025 else (middle, high)
    return low


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--ibid', required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument('--vaults', required=True, type=pathlib.Path)
    parser.add_argument('--labels', type=pathlib.Path, default=pathlib.Path(__file__).parent)
    options = parser.parse_args()
    told = list(labels_of(options.labels / 'quotations.jsonl', options.vaults))
    withheld = list(labels_of(options.labels / 'withheld.jsonl', options.vaults))
    known = {(label['vault'], label['path'], label['start'], label['end'], label['code']): label for label in told}
    total, missed = collections.Counter(), 0
    for vault in sorted({label['vault'] for label in told + withheld}):
        found, words = findings(options.ibid, options.vaults / vault)
        counts = collections.Counter()
        for finding in found:
            label = known.get((vault, *finding))
            counts[label['label'] if label else 'unlabelled'] += 1
            if not label:
                print('unlabelled:', vault, *finding)
        due = [label for label in withheld if label['vault'] == vault and label['label'] == 'finding']
        missed += sum(
            not any(path == label['path'] and start < label['end'] and label['start'] < end for path, start, end, _ in found)
            for label in due
        )
        total += counts
        total['words'] += words
        print(f'{vault}: {words} words, {dict(counts)}')
    wrong = total['wrong'] + total['unlabelled']
    rate = [10_000 * count / total['words'] for count in (wrong, lower_bound(wrong), upper_bound(wrong))]
    print(f'wrong findings in 10,000 words: {rate[0]:.4f} (95 %: {rate[1]:.4f} to {rate[2]:.4f}), {len(told)} labels')
    low, high = wilson(missed, len(withheld))
    print(f'withheld where a finding was due: {missed} of {len(withheld)} (95 %: {low:.3f} to {high:.3f})')


if __name__ == '__main__':
    main()
