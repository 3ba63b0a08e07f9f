#!/usr/bin/env python3
"""Scores the comparison of claims with passages on pairs that differ in one thing.

usage: contrasts.py --ibid PATH [--half open|held] [--show]

Each line of contrasts.jsonl has a passage of the bundled examples, a claim that the project's authors wrote about it, the kind of
thing in which a false claim differs (figure, ordinal, name, quantifier, negation, direction, modality, attribution), and whether the
claim is faithful or false. A false claim counts as found if it is called contradicted or overstated. The half `held` was first
run when the rules were done: 28 of 40 false claims were reported, and 4 of 40 faithful ones. It has been read since. `--show` prints each pair that is judged wrongly. Standard library only.
"""
import argparse
import collections
import json
import pathlib
import subprocess

PAIRS = pathlib.Path(__file__).resolve().parent / 'contrasts.jsonl'
REPORTED = ('contradicted', 'overstated')


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--ibid', required=True)
    options.add_argument('--half', choices=['open', 'held', 'fresh'])
    options.add_argument('--show', action='store_true')
    options = options.parse_args()
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding='utf-8').splitlines()]
    pairs = [pair for pair in pairs if options.half in (None, pair['half'])]
    questions = [{'id': n, 'claim': pair['claim'], 'evidence': pair['passage']} for n, pair in enumerate(pairs)]
    lines = ''.join(json.dumps(question) + '\n' for question in questions)
    done = subprocess.run([options.ibid, 'verify', '--jsonl'], input=lines, capture_output=True, check=True, encoding='utf-8')
    counts = collections.defaultdict(collections.Counter)
    for pair, line in zip(pairs, done.stdout.splitlines()):
        verdict = json.loads(line)['verdict']
        kind, label, reported = pair['kind'], pair['label'], verdict in REPORTED
        counts[kind][label] += 1
        counts[kind][f'{label} reported'] += reported
        counts[kind][f'{label} supported'] += verdict == 'supported'
        if options.show and (reported == (label == 'faithful') or (label == 'false' and verdict == 'supported')):
            print(f'{kind}, {label}, {verdict}: {pair["claim"]} | {pair["passage"]}')
    total = sum(counts.values(), collections.Counter())
    for kind, count in [*sorted(counts.items()), ('all', total)]:
        found, false = count['false reported'], count['false']
        accused, faithful = count['faithful reported'], count['faithful']
        print(
            f'{kind:12} false reported {found}/{false}, faithful reported {accused}/{faithful}, '
            f'false supported {count["false supported"]}, faithful supported {count["faithful supported"]}/{faithful}'
        )


if __name__ == '__main__':
    main()
