/** The first registration on an app that meets a condition, before a place or behind it. */
import type { Binding } from '../../syntax/programs/program.ts';
import type { Evaluator } from '../../values/evaluator.ts';
import type { NamedRegistration, Registration } from './registrations.ts';
import { registrationsOn } from './registrations.ts';

/** What is asked of a registration: the name of the question, the same for the same app whoever asks, and the question itself. */
export interface Question {
  readonly name: string;
  holds(registration: Registration): boolean;
}

/** Another evaluator may know more of the same file. */
const asked = new WeakMap<Evaluator, Map<Binding, Map<string, FirstRegistration>>>();

/** Each middleware of an app asks the same of what is before and behind it: what one has looked through, the next one does not. */
export function firstRegistration(target: Binding, evaluator: Evaluator, question: Question): FirstRegistration {
  let apps = asked.get(evaluator);
  if (apps === undefined) asked.set(evaluator, (apps = new Map<Binding, Map<string, FirstRegistration>>()));
  let questions = apps.get(target);
  if (questions === undefined) apps.set(target, (questions = new Map<string, FirstRegistration>()));
  let first = questions.get(question.name);
  if (first === undefined) questions.set(question.name, (first = new FirstRegistration(target, evaluator, question)));
  return first;
}

class FirstRegistration {
  private noneBefore = 0;
  /** The first one of the file, once it is known. */
  private first: NamedRegistration | undefined;
  /** The first one behind an offset, as it was found last. */
  private behindLast: { readonly offset: number; readonly found: NamedRegistration | undefined } | undefined;

  constructor(
    private readonly target: Binding,
    private readonly evaluator: Evaluator,
    private readonly question: Question,
  ) {}

  before(offset: number): Registration | undefined {
    if (this.first === undefined && this.noneBefore < offset) {
      this.first = this.find(this.noneBefore, offset);
      this.noneBefore = offset;
    }
    return this.first !== undefined && this.first.name.end <= offset ? this.first : undefined;
  }

  behind(offset: number): Registration | undefined {
    const last = this.behindLast;
    const isSame =
      last !== undefined && last.offset <= offset && (last.found === undefined || last.found.name.start >= offset);
    if (isSame) return last.found;
    const found = this.find(offset, this.evaluator.program.text.length);
    this.behindLast = { offset, found };
    return found;
  }

  private find(start: number, end: number): NamedRegistration | undefined {
    for (const one of registrationsOn(this.target, this.evaluator.program, { start, end }))
      if (this.question.holds(one)) return one;
    return undefined;
  }
}
