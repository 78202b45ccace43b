/** Numbers in the place of texts that may be long: what is kept under them is found without reading the text again. */
export class NumberedWords {
  private readonly numbers = new Map<string, number>();
  private last = 0;

  /** `most`: past this many, numbers are given anew; none is used twice. */
  constructor(private readonly most: number) {}

  /** The same number for the same words. */
  numberOf(words: string): number {
    let number = this.numbers.get(words);
    if (number === undefined) {
      if (this.numbers.size >= this.most) this.numbers.clear();
      this.numbers.set(words, (number = ++this.last));
    }
    return number;
  }
}
