/** CORS headers that C# programs write by hand: ASP.NET Core, OWIN, Web API, ASP.NET, `HttpListener`, functions of Azure and Lambda. */
import type { FunctionExpression } from '../../../syntax/programs/program.ts';
import { quoted } from '../../../edits/program-edits.ts';
import type { ProgramNotation } from '../../../edits/program-notation.ts';
import { defineHandlerFramework } from '../../../models/handlers/define-handler-framework.ts';
import type {
  HandlerEdits,
  PreflightSigns,
  Route,
  WaysOfAnswering,
} from '../../../models/handlers/handler-language.ts';
import { parameterOfType } from '../../../models/handlers/handler-parts.ts';
import { routeOf } from './routes.ts';
import { writes } from './writes.ts';

const answers: WaysOfAnswering = {
  route: routeOf,
  statuses: {
    before:
      /\b(?:StatusCode\s*=\s*(?:\(int\)\s*)?|(?:StatusCode|StatusCodeResult|CreateResponse|HttpResponseMessage)\(\s*)/,
    names: { OK: 200, NoContent: 204, Unauthorized: 401, Forbidden: 403, MethodNotAllowed: 405 },
  },
  // The body begins with these, and headers are sent before it.
  sends: /^(?:await\s+)?(\w+)(?:\.Response)?\.(?:WriteAsync|WriteAsJsonAsync|SendFileAsync|CompleteAsync)\(/,
  isLostOnError: () => false,
  servesAssets,
};

/** `new StaticFileOptions { OnPrepareResponse = context => … }`. */
function servesAssets(_route: Route, handler: FunctionExpression | undefined): boolean {
  const holder = handler?.parent;
  return (
    holder?.kind === 'object' &&
    holder.entries.some(({ key, value }) => key === 'OnPrepareResponse' && value.range.start === handler?.range.start)
  );
}

const preflights: PreflightSigns = {
  readsJson: [{ body: /\bReadFromJsonAsync\b|\[FromBody\]/ }],
  routed: /\[Http(Put|Patch|Delete)\b|\.Map(Put|Patch|Delete)\(/,
  answered:
    /"OPTIONS"|"options"|\bIsOptions\b|HttpMethods?\.Options|\[HttpOptions|\bUseCors\b|\bEnableCors\b|\bMapMethods\b/,
};

const notation: ProgramNotation = {
  quote: '"',
  // Names that need no `using`, of a set that may be asked for nothing, and for a header's values.
  list: (members) => `new System.Collections.Generic.HashSet<string> { ${members.join(', ')} }`,
  contains: (list, text) => `${list}.Contains(${text})`,
  choice: (test, yes, no) => `${test} ? ${yes} : ${no}`,
  constant: (name, value) => `var ${name} = ${value};`,
  listNames: ['allowedOrigins', 'corsAllowedOrigins'],
  condition: (test, statement, step) => [`if (${test})`, '{', step + statement, '}'],
  block: (lines, step) => ['{', ...lines.map((line) => step + line), '}'],
  end: ';',
};

const edits: HandlerEdits = {
  notation,
  checked: ['call', 'assignment', 'property'],
  patternMethods: /^(IsMatch|Match)$/,
  requestOrigin(handler, _program, quote, { receiver }) {
    const request = requestBeside(receiver?.text ?? '', handler);
    return request && `${request}.Headers[${quoted('Origin', quote)}]`;
  },
  varyStatement({ receiver, via, form }, _handler, _program, quote) {
    if (receiver === undefined) return undefined;
    const [name, value] = [quoted('Vary', quote), quoted('Origin', quote)];
    // Such properties are those of ASP.NET Core.
    if (form === 'property') return `${receiver.text}.Append(${name}, ${value});`;
    if (form === 'assignment') return `${receiver.text}.Add(${name}, ${value});`;
    const adds = addsBeside[via];
    return adds === undefined ? undefined : `${receiver.text}.${adds}(${name}, ${value});`;
  },
};

/** What adds a header where this sets one. */
const addsBeside: Readonly<Record<string, string | undefined>> = {
  AddHeader: 'AddHeader',
  AppendHeader: 'AppendHeader',
  Append: 'Append',
  Add: 'Add',
  Set: 'Add',
  TryAdd: 'Append',
  SetHeader: 'AddHeader',
};

/** `context.Request` beside `context.Response.Headers`, or the parameter that is the request. */
function requestBeside(receiver: string, handler: FunctionExpression | undefined): string | undefined {
  const [, owner] = /^((?:[\w.]+\.)?)Response(?:\.Headers)?$/.exec(receiver) ?? [];
  return owner === undefined
    ? parameterOfType(handler, /^(HttpRequest|HttpRequestBase|HttpListenerRequest)\??$/)?.name
    : `${owner}Request`;
}

export const framework = defineHandlerFramework({
  id: 'csharp-headers',
  title: 'Headers by hand (C#)',
  documentation: 'https://learn.microsoft.com/dotnet/api/microsoft.aspnetcore.http.iheaderdictionary',
  reads:
    '`Response.Headers["…"] =`, `.Append`, `.Add`, `.TryAdd`, `.AccessControlAllowOrigin =`, `AddHeader`, `AppendHeader` of ' +
    'ASP.NET Core, OWIN, Web API, ASP.NET and `HttpListener`, with the conditions around them',
  mentions: ['access-control-', 'accesscontrolallow'],
  languages: ['csharp'],
  language: { writes, answers, preflights, edits },
});
