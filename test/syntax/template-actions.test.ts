import assert from 'node:assert/strict';
import { withoutTemplateActions } from '../../server/src/syntax/trees/template-actions.ts';

describe('actions of templates', () => {
  it('are blank, and the first of two branches is read', () => {
    const text = 'a {\n{% if x %}b;\n{% elif y %}c;\n{% else %}d;\n{% endif %}e; {# note #}}';
    const read = withoutTemplateActions(text, false);
    assert.equal(read.length, text.length);
    assert.deepEqual(read.split(/\s+/), ['a', '{', 'b;', 'e;', '}']);
  });

  it('of ERB and Go may stand inside each other', () => {
    assert.deepEqual(
      withoutTemplateActions('<% if a %>x<% list.each do |one| %>y<% end %><% else %>z<% end %>w', false)
        .trim()
        .split(/\s+/),
      ['x', 'y', 'w'],
    );
    assert.deepEqual(
      withoutTemplateActions('{{- if .a }}x{{ range .b }}y{{ else }}n{{ end }}{{ else }}z{{ end -}}w', false)
        .trim()
        .split(/\s+/),
      ['x', 'y', 'w'],
    );
  });

  it('fill in what nothing is known of', () => {
    assert.equal(withoutTemplateActions('a <%= b c %> {{ d e }}', false), 'a $_________ {{ d e }}');
    assert.equal(withoutTemplateActions('a {{ d e }}', true), 'a $________');
  });
});
