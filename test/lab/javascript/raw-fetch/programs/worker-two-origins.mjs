export default {
  async fetch(request) {
    return new Response('ok', { headers: { 'Access-Control-Allow-Origin': 'https://app.example.com,http://localhost:3000' } });
  },
};
