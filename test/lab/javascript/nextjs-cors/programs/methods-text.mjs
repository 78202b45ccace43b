import NextCors from 'nextjs-cors';

export default async function handler(req, res) {
  await NextCors(req, res, { origin: 'https://app.example.com', methods: 'GET,PUT' });

  res.status(200).json({ ok: true });
}
