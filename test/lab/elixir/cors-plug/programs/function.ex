defmodule Shop.Origins do
  def all, do: ["https://app.example.com", ~r/\.example\.com$/]
end

defmodule Shop.Endpoint do
  use Plug.Builder

  plug CORSPlug, origin: &Shop.Origins.all/0
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
