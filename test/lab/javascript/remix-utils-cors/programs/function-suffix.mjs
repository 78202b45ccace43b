import { cors } from 'remix-utils/cors';

export async function loader({ request }) {
  const response = Response.json({ ok: true });
  return await cors(request, response, { origin: (origin) => origin.endsWith('example.com'), credentials: true });
}

export default { fetch: (request) => loader({ request }) };
