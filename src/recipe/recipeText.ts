import {
  findNodeAtLocation,
  getNodeValue,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser';
import { AtelierError } from '../common/errors';
import { msg, type Message } from '../common/messages';

/** The text of a recipe file, read as VS Code reads its settings: with comments, trailing commas and a BOM. */
export class RecipeText {
  readonly value: unknown;
  private readonly text: string;
  private readonly tree: Node | undefined;

  /**
   * @param file for the sentences of errors
   * @throws `recipe-invalid`, with the line and the column
   */
  constructor(
    text: string,
    private readonly file: string,
  ) {
    this.text = text.replace(/^\uFEFF/, '');
    const errors: ParseError[] = [];
    this.tree = this.parse(errors);
    const [error] = errors;
    if (error === undefined && this.tree !== undefined) {
      this.value = getNodeValue(this.tree);
      return;
    }
    const code = error === undefined ? '' : printParseErrorCode(error.error);
    if (this.tree === undefined && (code === '' || code === 'ValueExpected'))
      throw new AtelierError('recipe-invalid', msg`${file}: the file is empty.`);
    const place = this.at(error?.offset ?? 0);
    throw new AtelierError('recipe-invalid', msg`${place}: it is not JSON: ${words[code] ?? unknownSymbol}.`);
  }

  /**
   * The file with the line and the column of a field's value, or of its name, or of the nearest one around it:
   * "oil.json:3:14".
   */
  placeOf(path: readonly PropertyKey[], ofName: boolean): string {
    const segments = path.map(part => (typeof part === 'number' ? part : String(part)));
    for (let length = segments.length; length > 0 && this.tree !== undefined; length--) {
      const node = findNodeAtLocation(this.tree, segments.slice(0, length));
      const name = ofName && node?.parent?.type === 'property' ? node.parent : node;
      if (name !== undefined) return this.at(name.offset);
    }
    return this.at(this.tree?.offset ?? 0);
  }

  private parse(errors: ParseError[]): Node | undefined {
    try {
      return parseTree(this.text, errors, { allowTrailingComma: true });
    } catch (cause) {
      // The parser calls itself for every bracket.
      if (!(cause instanceof RangeError)) throw cause;
      throw new AtelierError('recipe-invalid', msg`${this.file}: it is nested too deeply.`, { cause });
    }
  }

  private at(offset: number): string {
    const before = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    return `${this.file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  }
}

const unknownSymbol = msg`unexpected text`;

const words: Readonly<Record<string, Message>> = {
  InvalidSymbol: unknownSymbol,
  InvalidNumberFormat: msg`a number is malformed`,
  PropertyNameExpected: msg`a name in double quotes is missing`,
  ValueExpected: msg`a value is missing`,
  ColonExpected: msg`a colon is missing`,
  CommaExpected: msg`a comma is missing`,
  CloseBraceExpected: msg`a closing brace is missing`,
  CloseBracketExpected: msg`a closing bracket is missing`,
  EndOfFileExpected: msg`unexpected text after the end`,
  InvalidCommentToken: unknownSymbol,
  UnexpectedEndOfComment: msg`a comment does not end`,
  UnexpectedEndOfString: msg`a text does not end`,
  UnexpectedEndOfNumber: msg`a number is malformed`,
  InvalidUnicode: msg`a character is malformed`,
  InvalidEscapeCharacter: msg`a character is malformed`,
  InvalidCharacter: msg`a character is malformed`,
};
