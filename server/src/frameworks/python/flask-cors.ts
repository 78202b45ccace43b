/** Flask-CORS: the extension of an application or blueprint, its resources, and the decorator of a view. */
import { defineCorsLibrary } from '../../models/libraries/define-cors-library.ts';
import { withEarlierHooks } from './flask-cors/earlier-hooks.ts';
import { withGuards } from './flask-cors/guards.ts';
import { refined } from './flask-cors/refined.ts';
import { flaskCorsFor } from './flask-cors/table.ts';
import { decoratorOptions, extensionOptions } from './flask-cors/uses.ts';

const modules = ['flask_cors', 'flask_cors.extension', 'flask_cors.decorator', 'flask.ext.cors'];
const packageName = 'flask-cors';
const title = 'Flask-CORS';

export const framework = defineCorsLibrary({
  id: 'flask-cors',
  title: 'Flask-CORS',
  documentation: 'https://corydolphin.com/flask-cors/configuration/',
  reads: '`CORS(app, …)`, `init_app`, `resources`, `@cross_origin`, and the settings `CORS_*` of the application',
  mentions: ['flask_cors', 'flask.ext.cors', 'cors.init_app'],
  languages: ['python'],
  uses: [
    {
      packageName,
      title,
      options: extensionOptions({ modules, name: 'CORS' }),
      table: (version, { place }) => flaskCorsFor(version, place.value),
      refine: (policy, found, where) =>
        withGuards(withEarlierHooks(refined(policy, found), found, where), found, where),
    },
    {
      packageName,
      title,
      options: decoratorOptions({ modules, name: 'cross_origin' }),
      table: (version, { place }) => flaskCorsFor(version, place.value),
      refine: refined,
    },
  ],
});
