defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: ["https://app.example.com"], methods: ["GET", "POST"]
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
