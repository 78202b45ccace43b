/** `Cors` of salvo, which came from tower-http's layer and kept its steps. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { chainForm } from '../../models/libraries/options-form.ts';
import type { OptionsForm } from '../../models/libraries/options-form.ts';
import { differing } from '../../models/libraries/releases.ts';
import { rustLiterals } from '../../edits/rust-literals.ts';
import { layerMakers, layerSteps, layerUse, towerHttpCors } from './tower-http-cors.ts';

/** As `lib.rs` and `allow_origin.rs` of salvo_cors 0.95.2 say. See https://docs.rs/salvo_cors/latest/salvo_cors/struct.Cors.html */
const salvoCors = differing(towerHttpCors, {
  origin: {
    stopsFor: (text) => (text === '*' ? 'a list with "*" in it panics when the handler is made' : undefined),
    failure: 'the program panics when the handler is made',
    // `AllowOrigin::dynamic(|origin, request, depot| …)` gives the header's own text, or none.
    callback: { roles: ['origin', 'request'], answers: 'return', as: 'header', refusal: 'nobody' },
  },
  vary: { any: true, sent: true },
  preflight: { status: 204 },
});

const form: OptionsForm = chainForm(
  rustLiterals((text) => text),
  (name, value) => {
    if (value === '"*"') return `${name}(salvo::cors::Any)`;
    // A single text would be sent to everybody.
    return `${name}(${value.startsWith('"') ? `[${value}]` : value})`;
  },
);

const builder = {
  paths: ['salvo::cors::Cors', 'salvo_cors::Cors'],
  makers: layerMakers,
  steps: layerSteps,
  form,
};

export const framework = defineCorsLibrary({
  id: 'salvo-cors',
  title: 'Salvo',
  documentation: 'https://docs.rs/salvo_cors/latest/salvo_cors/',
  reads:
    '`Cors::new()` with its steps, `permissive()` and `very_permissive()`; `AllowOrigin` as a list, a single value or a function',
  mentions: ['salvo::', 'salvo_cors'],
  languages: ['rust'],
  uses: [{ ...layerUse('salvo', 'Cors', builder, () => salvoCors), title: 'Salvo' }],
});
