#!/usr/bin/env python3
"""Counts wrong `quote-*` findings per 10,000 words of real notes, by findings that people labelled.

usage: score.py --ibid PATH --vaults FOLDER [--labels FILE]

FOLDER holds one folder for each vault that the labels name. A vault is checked with its own notes as its sources, so
that what its notes quote of each other can be judged: every link between them is then a citation of a held source.
Labels name a vault, a path, a range of bytes, the first digits of the SHA-256 of those bytes, a code, and whether a
finding there is right or wrong. A range whose bytes are others by now is left out and told; so is a finding that
nobody labelled, which counts as wrong until somebody reads it. Standard library only.
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

CONFIGURATION = 'sources = ["**/*.md"]\nnotes = ["**/*.md"]\n'


def findings(ibid, vault):
    """The quote-* findings of a vault that quotes itself, and how many words it has."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / 'vault'
        shutil.copytree(vault, copy, ignore=shutil.ignore_patterns('.git', 'ibid.toml'))
        (copy / 'ibid.toml').write_text(CONFIGURATION)
        command = [ibid, 'check', '--format', 'json', '--fail-on', 'never']
        notes = json.loads(subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, check=True).stdout)['notes']
        words = sum(len((copy / note['path']).read_text(errors='replace').split()) for note in notes)
    found = [
        (note['path'], finding['start'], finding['end'], finding['code'])
        for note in notes
        for finding in note['findings']
        if finding['code'].startswith('quote-')
    ]
    return found, words


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
    parser.add_argument('--labels', type=pathlib.Path, default=pathlib.Path(__file__).with_name('quotations.jsonl'))
    options = parser.parse_args()
    labels = [json.loads(line) for line in options.labels.read_text().splitlines()]
    total = collections.Counter()
    for vault in sorted({label['vault'] for label in labels}):
        known = {}
        for label in (label for label in labels if label['vault'] == vault):
            there = (options.vaults / vault / label['path']).read_bytes()[label['start'] : label['end']]
            if hashlib.sha256(there).hexdigest().startswith(label['sha256']):
                known[label['path'], label['start'], label['end'], label['code']] = label['label']
            else:
                print(f'{vault}/{label["path"]}:{label["start"]}: other words by now, left out')
        found, words = findings(options.ibid, options.vaults / vault)
        told = collections.Counter(known.get(finding, 'unlabelled') for finding in found)
        for finding in (finding for finding in found if finding not in known):
            print('unlabelled:', vault, *finding)
        total += told
        total['words'] += words
        print(f'{vault}: {words} words, {dict(told)}')
    wrong = total['wrong'] + total['unlabelled']
    rate = [10_000 * count / total['words'] for count in (wrong, lower_bound(wrong), upper_bound(wrong))]
    print(f'wrong findings in 10,000 words: {rate[0]:.3f} (95 %: {rate[1]:.3f} to {rate[2]:.3f}), n = {len(labels)} labels')


if __name__ == '__main__':
    main()
