export default {
  async fetch(request) {
    const headers = new Headers();
    headers.set('Access-Control-Allow-Origin', request.headers.get('Origin') ?? '*');
    headers.set('Access-Control-Allow-Credentials', 'true');
    return new Response('ok', { headers });
  },
};
