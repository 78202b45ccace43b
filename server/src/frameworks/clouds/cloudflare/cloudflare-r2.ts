/** CORS rules of an R2 bucket, as `wrangler r2 bucket cors set --file` and the interface of Cloudflare take them. */
import { defineFramework } from '../../../models/framework.ts';
import { entryOf, mapsOf, valueAt } from '../../../edits/tree-edits.ts';
import { isR2Rule, readR2Rule } from './r2-rules.ts';

export const framework = defineFramework({
  id: 'cloudflare-r2',
  title: 'Cloudflare R2',
  documentation: 'https://developers.cloudflare.com/r2/buckets/cors/',
  reads: 'JSON of bucket CORS rules with `allowed.origins`, `allowed.methods` and `allowed.headers` under `rules`',
  mentions: ['"allowed"', 'allowedorigins'],
  shape: 'tree',
  formats: ['json'],
  read(document) {
    const { root } = document;
    // S3 has lists under other names, and other files have rules too.
    const isAlone = root?.kind === 'map' && entryOf(root, 'rules')?.value.kind === 'list' && root.entries.length === 1;
    const rules = isAlone ? mapsOf(valueAt(root, 'rules')).filter(isR2Rule) : [];
    return {
      policies: rules.map((rule) =>
        readR2Rule(rule, document, { exposedHeaders: 'exposeHeaders', maxAge: 'maxAgeSeconds' }, 'cloudflare-r2'),
      ),
      facts: [],
    };
  },
});
