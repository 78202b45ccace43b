/** Custom headers of AWS Amplify Hosting, in `customHttp.yml` or in the build settings. */
import { defineFramework } from '../../models/framework.ts';
import { addPair, headersOfList, purposeOf, staticHeadersPolicy } from '../../models/static/static-headers.ts';
import { mapsOf, textOf, valueAt } from '../../edits/tree-edits.ts';

export const framework = defineFramework({
  id: 'amplify',
  title: 'AWS Amplify Hosting',
  documentation: 'https://docs.aws.amazon.com/amplify/latest/userguide/custom-headers.html',
  reads: '`customHeaders` of `customHttp.yml` and `amplify.yml`, of one application or several',
  mentions: ['access-control-'],
  shape: 'tree',
  formats: ['yaml'],
  read(document) {
    const { root } = document;
    const lists = [
      valueAt(root, 'customHeaders'),
      ...mapsOf(valueAt(root, 'applications')).map((application) => valueAt(application, 'customHeaders')),
    ];
    const policies = lists.flatMap(mapsOf).flatMap((block) => {
      const pattern = textOf(valueAt(block, 'pattern'));
      const list = valueAt(block, 'headers');
      if (pattern === undefined || list?.kind !== 'list') return [];
      const own = headersOfList(document, list);
      const add = (name: string, value: string) => addPair(document, list, name, value);
      // What a second pattern for the same path does to the first is not documented: each is judged alone.
      return (
        staticHeadersPolicy({
          framework: 'amplify',
          title: 'Amplify Hosting',
          document,
          own,
          applied: own,
          scope: pattern,
          purpose: purposeOf(pattern),
          add,
          preflightStatus: null,
        }) ?? []
      );
    });
    return { policies, facts: [] };
  },
});
