import NextCors from 'nextjs-cors';

export default async function handler(req, res) {
  await NextCors(req, res, { origin: /^https:\/\/app\.example\.com$/ });

  res.status(200).json({ ok: true });
}
