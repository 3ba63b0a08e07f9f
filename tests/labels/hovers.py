#!/usr/bin/env python3
"""Scores hovers on terms by the labels of people who read them.

usage: hovers.py --ibid PATH --vaults FOLDER [--labels FILE] [--show]

FOLDER contains one folder for each vault that the labels name, except `alignment`, which is an example in this repository. A
vault without an ibid.toml is its own source, as in quotations.py. Each label names a place (vault, path, a range of bytes, the
first digits of their SHA-256), whether a hover should show a sense there (`null` if that was not decided), and a label for each
hover that was read there, by its digest. hovers.md is the guideline for labels. Places without a label are skipped. A place whose
text has changed is reported and left out. A hover that has changed since it was read counts as wrong until it is labelled
again.
`--show` prints every answer. Standard library only.
"""
import argparse
import collections
import hashlib
import json
import math
import pathlib
import re
import shutil
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
CONFIGURATION = 'sources = ["**/*.md"]\nnotes = ["**/*.md"]\n'
# The beginning of a hover on a quotation, a citation or a claim.
NO_TERM = re.compile(
    r'\*\*(Cited|Not (cited|checked|held|found)|Verbatim|Altered|Misattributed|Several|Supported|Near|Overstated|Understated'
    r'|Contradicted|Leads nowhere|Ambiguous|quotation|work)\b'
)


class Server:
    """A running `ibid lsp` with one folder, whose positions are counted in bytes."""

    def __init__(self, ibid, root):
        self.root, self.last = root, 0
        command = [ibid, 'lsp']
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        folder = {'uri': root.as_uri(), 'name': root.name}
        capabilities = {'general': {'positionEncodings': ['utf-8']}, 'window': {'workDoneProgress': True}}
        parameters = {'processId': None, 'rootUri': folder['uri'], 'workspaceFolders': [folder], 'capabilities': capabilities}
        answer = self.request('initialize', parameters)
        assert answer['capabilities']['positionEncoding'] == 'utf-8'
        self.send({'method': 'initialized', 'params': {}})
        while self.receive().get('params', {}).get('value', {}).get('kind') != 'end':
            pass

    def send(self, message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        """The next message; a request of the server is answered with nothing."""
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b'content-length:'):
                length = int(line.split(b':')[1])
        message = json.loads(self.process.stdout.read(length))
        if 'method' in message and 'id' in message:
            self.send({'id': message['id'], 'result': None})
        return message

    def request(self, method, parameters):
        self.last += 1
        self.send({'id': self.last, 'method': method, 'params': parameters})
        while True:
            message = self.receive()
            if message.get('id') == self.last and 'method' not in message:
                return message['result']

    def hover(self, path, offset):
        """What hover shows at a byte of a file that is not open: Markdown, or nothing."""
        text = (self.root / path).read_bytes()
        start = text.rfind(b'\n', 0, offset) + 1
        position = {'line': text.count(b'\n', 0, offset), 'character': offset - start}
        answer = self.request('textDocument/hover', {'textDocument': {'uri': (self.root / path).as_uri()}, 'position': position})
        return answer['contents']['value'] if answer else ''

    def stop(self):
        self.request('shutdown', None)
        self.send({'method': 'exit'})
        self.process.wait()


def first_answer(markdown):
    """What hover says first of a term: its head and the first paragraph below it. What is said of a claim or a
    citation is no answer about a term."""
    if not markdown.startswith('**') or NO_TERM.match(markdown):
        return ''
    return '\n\n'.join(markdown.split('\n\n---\n\n')[0].split('\n\n')[:2])


def digest(answer):
    """A digest of an answer's words; where its links lead does not matter."""
    words = re.sub(r'\]\([^)]*\)', ']', answer)
    return hashlib.sha256(words.encode()).hexdigest()[:16] if answer else ''


def interval(hits, of):
    """A share with its 95 % interval (Wilson)."""
    if not of:
        return 'none'
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    reach = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / (1 + z * z / of)
    return f'{share:.3f} ({hits} of {of}; 95 %: {middle - reach:.3f} to {middle + reach:.3f})'


def judge(label, answer):
    """What there is to say of an answer today."""
    if not answer:
        return 'missing' if label['due'] else 'silent'
    return label['answers'].get(digest(answer), 'unread')


def place_of(vaults, vault):
    return HERE.parent.parent / 'examples' / 'alignment' if vault == 'alignment' else vaults / vault


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--ibid', required=True, type=lambda path: str(pathlib.Path(path).resolve()))
    parser.add_argument('--vaults', required=True, type=pathlib.Path)
    parser.add_argument('--labels', type=pathlib.Path, default=HERE / 'hovers.jsonl')
    parser.add_argument('--show', action='store_true')
    options = parser.parse_args()
    drawn = [json.loads(line) for line in options.labels.read_text().splitlines()]
    labels = [label for label in drawn if 'due' in label]
    told = collections.defaultdict(collections.Counter)
    for vault in sorted({label['vault'] for label in labels}):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder).resolve() / vault
            shutil.copytree(place_of(options.vaults, vault), copy, ignore=shutil.ignore_patterns('.git'))
            if not (copy / 'ibid.toml').exists():
                (copy / 'ibid.toml').write_text(CONFIGURATION)
            server = Server(options.ibid, copy)
            for label in (label for label in labels if label['vault'] == vault):
                where = f'{vault}/{label["path"]}:{label["start"]} {label["term"]}'
                there = (copy / label['path']).read_bytes()[label['start'] : label['end']]
                if not hashlib.sha256(there).hexdigest().startswith(label['sha256']):
                    print(f'{where}: other words by now, left out')
                    continue
                answer = first_answer(server.hover(label['path'], (label['start'] + label['end']) // 2))
                said = judge(label, answer)
                told[label['half']].update([said, *(['due', said + ' where due'] if label['due'] else [])])
                if options.show:
                    print(json.dumps({**label, 'said': said, 'digest': digest(answer), 'markdown': answer}, ensure_ascii=False))
                elif said == 'unread':
                    print(f'{where}: another answer by now, to be read:\n{answer}\n')
            server.stop()
    for half, told in [*sorted(told.items()), ('all', sum(told.values(), collections.Counter()))]:
        shown = told['right'] + told['wrong'] + told['unread']
        print(f'{half}: ' + ', '.join(f'{told[said]} {said}' for said in ['right', 'wrong', 'unread', 'missing', 'silent']))
        print(f'  precision: {interval(told["right"], shown)}')
        print(f'  coverage: {interval(told["right where due"], told["due"])}')


if __name__ == '__main__':
    main()
