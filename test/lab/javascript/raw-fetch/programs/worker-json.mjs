export default {
  async fetch() {
    return Response.json({ ok: true }, { headers: { 'Access-Control-Allow-Origin': 'https://app.example.com' } });
  },
};
