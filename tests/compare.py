#!/usr/bin/env python3
"""Compares the answers of two builds of `ibid`. Run it on every refactoring: behaviour must stay, wording may change.

usage: compare.py OLD NEW [--workspace DIR]... [--data DIR [--train] [--scorer FILE]] [--show N]

OLD and NEW are the binaries. Three things are compared:

- Workspaces: every folder in examples/ and every DIR given with --workspace. Each is copied to a temporary folder and
  checked in up to three ways: as configured (if it has an ibid.toml), without an ibid.toml, and with every document as both
  source and note, all rules on and `strictness = "strict"`. Both builds run `check --format json --stats`,
  `terms --undefined --format json` and `sources --format json`.
- Batch commands, with --data: every DIR/NAME.jsonl. The keys of a row choose the command: `text` goes to `annotate`, `claim`
  and `evidence` to `verify`, `quote` to `locate` and `query` to `search`, both over the documents in DIR/corpora/SET, where
  NAME is TASK-SET. A file with other rows is skipped, and so is a command that OLD does not have. Files whose name ends in
  `-train` are used only with --train.
- Figures, with --scorer: FILE is run as `FILE --ibid BINARY --data DIR` and prints one JSON object a line with the key
  `set`. Keys that end in `_per_s` are timings and are ignored.

Substance and wording are counted apart. Wording is the text written for people: messages, titles of fixes, reasons.
Everything else is substance: which findings there are, their code, span and severity, their evidence and edits, verdicts,
counts, scores. The first N differences of each kind are printed (20 by default). Each build gets an empty cache folder.

Exit code: 0 if nothing but wording differs, 1 if substance differs, 2 if a build failed. Standard library only.
"""
import argparse
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

EXAMPLES = pathlib.Path(__file__).resolve().parents[1] / 'examples'
OWN_SOURCES = """\
sources = ["."]
notes = ["."]
[severity]
term-undefined = "hint"
[claims]
strictness = "strict"
"""


class Failure(Exception):
    """A build did not answer."""


class Build:
    """One binary, with a cache folder of its own."""

    def __init__(self, path, cache):
        self.path = str(pathlib.Path(path).resolve())
        self.environment = dict(os.environ, IBID_CACHE=str(cache))

    def run(self, arguments, cwd=None, stdin=None, accepted=(0,)):
        """The standard output of a command, as text."""
        return run([self.path, *arguments], self.environment, cwd, stdin, accepted)

    def knows(self, command):
        """Whether the build has this command."""
        done = subprocess.run([self.path, command, '--help'], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return done.returncode == 0


def run(command, environment, cwd=None, stdin=None, accepted=(0,)):
    """The standard output of a command, as text."""
    pipe = subprocess.PIPE
    done = subprocess.run(command, cwd=cwd, input=stdin, stdout=pipe, stderr=pipe, env=environment)
    if done.returncode not in accepted:
        errors = done.stderr.decode(errors='replace').strip()
        raise Failure(f'{" ".join(map(str, command))}: exit code {done.returncode}\n{errors}')
    return done.stdout.decode()


class Answer:
    """One thing that a build says: a key to find its equal by, its substance, its wording, and how it is printed."""

    def __init__(self, key, substance, wording, shown):
        self.key, self.substance, self.wording, self.shown = key, substance, wording, shown


class Comparison:
    """Counts and prints differences."""

    def __init__(self, limit):
        self.limit = limit
        self.substance = self.wording = 0

    def compare(self, kind, old, new):
        """Prints the differences between two lists of answers of one kind."""
        before, after = grouped(old), grouped(new)
        gone, added, changed, reworded = [], [], [], collections.Counter()
        for key in list(before) + [key for key in after if key not in before]:
            olds, news = before.get(key, []), after.get(key, [])
            for one, other in zip(olds, news):
                if one.substance != other.substance:
                    changed += [f'~ {one.shown}', *differing(one.substance, other.substance)]
                if one.wording != other.wording:
                    reworded.update(pair for pair in zip_longest(one.wording, other.wording) if pair[0] != pair[1])
            gone += [f'- {answer.shown}' for answer in olds[len(news) :]]
            added += [f'+ {answer.shown}' for answer in news[len(olds) :]]
        if not gone and not added and [answer.key for answer in old] != [answer.key for answer in new]:
            changed.append('~ the same answers in another order')
        for name, lines in (('only in OLD', gone), ('only in NEW', added), ('with other substance', changed)):
            count = sum(line[0] != ' ' for line in lines)
            self.substance += count
            self.show(f'{kind} {name}: {count}', lines)
        count = sum(reworded.values())
        self.wording += count
        pairs = [f'{times} ×\n      {old!r}\n      {new!r}' for (old, new), times in reworded.most_common()]
        self.show(f'{kind} with other wording: {count} ({len(pairs)} different)', pairs)

    def show(self, head, lines):
        if not lines:
            return
        print(f'  {head}')
        for line in lines[: self.limit]:
            print(f'    {line}')
        if len(lines) > self.limit:
            print(f'    … {len(lines) - self.limit} more lines')


def zip_longest(one, other):
    """Pairs of texts; a missing one is None."""
    length = max(len(one), len(other))
    return zip(one + [None] * (length - len(one)), other + [None] * (length - len(other)))


def grouped(answers):
    groups = {}
    for answer in answers:
        groups.setdefault(answer.key, []).append(answer)
    return groups


def differing(old, new, path=''):
    """The parts of two JSON values that differ, one line each, indented."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = list(old) + [key for key in new if key not in old]
        return [line for key in keys for line in differing(old.get(key), new.get(key), f'{path}.{key}')]
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return [line for n in range(len(old)) for line in differing(old[n], new[n], f'{path}[{n}]')]
    if old == new:
        return []
    return [f'    {path}: {short(json.dumps(old, ensure_ascii=False))} -> {short(json.dumps(new, ensure_ascii=False))}']


def short(text, length=160):
    return text if len(text) <= length else text[: length - 1] + '…'


def divided(value, wording_keys):
    """A JSON value without its wording, and the wording in order."""
    wording = []

    def without(value):
        if isinstance(value, dict):
            kept = {}
            for key, inner in value.items():
                if key in wording_keys and isinstance(inner, str):
                    wording.append(inner)
                else:
                    kept[key] = without(inner)
            return kept
        return [without(inner) for inner in value] if isinstance(value, list) else value

    return without(value), wording


def answer(key, value, shown, wording_keys=()):
    return Answer(key, *divided(value, wording_keys), shown)


def checked(build, root):
    """What `check` says of a workspace: answers by kind."""
    arguments = ['check', '--format', 'json', '--stats', '--fail-on', 'never']
    report = json.loads(build.run(arguments, cwd=root))
    notes, findings, quotations, problems = [], [], [], []
    for note in report['notes']:
        path = note['path']
        notes.append(answer(path, note.get('claims'), path))
        for item in note['findings']:
            place = (path, item['start'], item['end'], item['code'], item['severity'])
            shown = f'{located(path, item)} {item["severity"]}[{item["code"]}] {item["message"]}'
            findings.append(answer(place, item, short(shown), ('message', 'title')))
        for item in note['quotations']:
            shown = f'{located(path, item)} {", ".join(item["verdicts"])}: {item["text"]!r}'
            quotations.append(answer((path, item['start'], item['end']), item, short(shown), ('reason',)))
        for item in note['problems']:
            shown = f'{located(path, item)} {item["message"]}'
            problems.append(answer((path, item['start'], item['end']), item, short(shown), ('message',)))
    return {
        'notes': notes,
        'findings': findings,
        'quotations': quotations,
        'problems': problems,
        'summaries': [answer('summary', report['summary'], 'summary')],
    }


def located(path, item):
    return f'{path}:{item["line"]} [{item["start"]}..{item["end"]}]'


def listed(build, root):
    """What `terms` and `sources` say of a workspace: answers by kind."""
    terms = lines_of(build.run(['terms', '--undefined', '--format', 'json'], cwd=root))
    sources = json.loads(build.run(['sources', '--format', 'json'], cwd=root))
    files = [answer(item['path'], item, item['path']) for item in sources['sources']]
    others = [
        answer((kind, item['path']), item, item['path'], ('reason', 'message'))
        for kind in ('bibliographies', 'skipped')
        for item in sources[kind]
    ]
    return {
        'terms': [answer(item['term'], item, item['term']) for item in terms],
        'sources': files + others,
    }


def lines_of(text):
    return [json.loads(line) for line in text.splitlines() if line.strip()]


def compare_workspace(comparison, builds, folder, scratch):
    """Checks a copy of a folder in each way."""
    copy = scratch / folder.name
    shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns('.git'))
    configuration = copy / 'ibid.toml'
    configured = configuration.read_text() if configuration.is_file() else None
    ways = {'as configured': configured, 'without a configuration': None, 'its own sources': OWN_SOURCES}
    if configured is None:
        del ways['as configured']
    for way, text in ways.items():
        if text is None:
            configuration.unlink(missing_ok=True)
        else:
            configuration.write_text(text)
        old, new = ({**checked(build, copy), **listed(build, copy)} for build in builds)
        counts = ', '.join(f'{len(answers)} {kind}' for kind, answers in old.items() if kind != 'summaries')
        print(f'{folder.name}, {way}: {counts}', flush=True)
        for kind in old:
            comparison.compare(kind, old[kind], new[kind])
    shutil.rmtree(copy)


def batch_command(file, row):
    """The batch command that answers the rows of a file, with its arguments, and the keys that it reads."""
    corpus = file.parent / 'corpora' / file.stem.partition('-')[2]
    for command, keys in (('annotate', ['text']), ('verify', ['claim', 'evidence'])):
        if all(key in row for key in keys):
            return [command, '--jsonl'], keys
    for command, key in (('locate', 'quote'), ('search', 'query')):
        if key in row and corpus.is_dir():
            return [command, '--jsonl', '--sources', str(corpus.resolve())], [key]
    return None, None


def compare_batches(comparison, builds, data, with_training):
    """Gives the rows of every set to the batch command that they are for."""
    for file in sorted(data.glob('*.jsonl')):
        if file.stem.endswith('-train') and not with_training:
            continue
        rows = lines_of(file.read_text())
        arguments, keys = batch_command(file, rows[0]) if rows and 'id' in rows[0] else (None, None)
        if arguments is None:
            print(f'{file.stem}: skipped, no batch command reads its rows')
            continue
        if not builds[0].knows(arguments[0]):
            print(f'{file.stem}: skipped, OLD has no command `{arguments[0]}`')
            continue
        questions = [{key: row[key] for key in ['id', *keys]} for row in rows]
        stdin = ''.join(json.dumps(question, ensure_ascii=False) + '\n' for question in questions).encode()
        old, new = (lines_of(build.run(arguments, stdin=stdin)) for build in builds)
        print(f'{file.stem}, {arguments[0]}: {len(rows)} rows', flush=True)
        old, new = ([answer(str(item['id']), item, str(item['id'])) for item in items] for items in (old, new))
        comparison.compare('answers', old, new)


def compare_figures(comparison, builds, data, scorer, with_training):
    """Runs the scorer with each build."""
    def figures(build):
        command = [sys.executable, str(scorer), '--ibid', build.path, '--data', str(data)]
        command += ['--train'] if with_training else []
        for item in lines_of(run(command, build.environment)):
            item = {key: value for key, value in item.items() if not key.endswith('_per_s')}
            yield answer(item['set'], item, item['set'])

    old, new = (list(figures(build)) for build in builds)
    print(f'figures of {scorer.name}: {len(old)} sets')
    comparison.compare('figures', old, new)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('old', metavar='OLD')
    parser.add_argument('new', metavar='NEW')
    parser.add_argument('--workspace', metavar='DIR', action='append', default=[], type=pathlib.Path)
    parser.add_argument('--data', metavar='DIR', type=pathlib.Path)
    parser.add_argument('--train', action='store_true')
    parser.add_argument('--scorer', metavar='FILE', type=pathlib.Path)
    parser.add_argument('--show', metavar='N', type=int, default=20)
    options = parser.parse_args()
    if options.scorer and not options.data:
        parser.error('--scorer needs --data')
    comparison = Comparison(options.show)
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch).resolve()
        (scratch / 'workspaces').mkdir()
        builds = [Build(options.old, scratch / 'old'), Build(options.new, scratch / 'new')]
        for folder in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()) + options.workspace:
            compare_workspace(comparison, builds, folder.resolve(), scratch / 'workspaces')
        if options.data:
            compare_batches(comparison, builds, options.data, options.train)
        if options.scorer:
            compare_figures(comparison, builds, options.data, options.scorer, options.train)
    print(f'{comparison.substance} differences of substance, {comparison.wording} of wording')
    return 1 if comparison.substance else 0


if __name__ == '__main__':
    try:
        sys.exit(main())
    except Failure as failure:
        print(f'compare.py: {failure}', file=sys.stderr)
        sys.exit(2)
