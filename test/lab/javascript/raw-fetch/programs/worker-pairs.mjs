export default {
  async fetch(request) {
    return new Response('ok', { headers: [['Access-Control-Allow-Origin', 'http://localhost:3000'], ['Access-Control-Allow-Credentials', 'true']] });
  },
};
