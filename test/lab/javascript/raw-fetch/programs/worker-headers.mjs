export default {
  async fetch(request) {
    const headers = new Headers({ 'Access-Control-Allow-Origin': 'https://app.example.com' });
    headers.set('Access-Control-Allow-Credentials', 'true');
    return new Response('ok', { headers });
  },
};
