export default {
  async fetch(request) {
    if (request.method === 'OPTIONS') {
      const headers = new Headers();
      headers.set('Access-Control-Allow-Origin', '*');
      headers.set('Access-Control-Allow-Methods', 'GET, PUT, DELETE');
      headers.set('Access-Control-Allow-Headers', request.headers.get('Access-Control-Request-Headers') ?? 'content-type');
      return new Response(null, { status: 204, headers });
    }
    return new Response('ok', { headers: { 'Access-Control-Allow-Origin': '*' } });
  },
};
