export default {
  async fetch(request) {
    const origin = request.headers.get('Origin') || '*';
    return new Response('ok', { headers: { 'Access-Control-Allow-Origin': origin, Vary: 'Origin' } });
  },
};
