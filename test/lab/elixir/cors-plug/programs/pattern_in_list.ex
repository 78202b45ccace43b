defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: ["https://app.example.com", ~r/\.example\.com$/]
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
