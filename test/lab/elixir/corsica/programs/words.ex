defmodule Shop.Endpoint do
  use Plug.Builder

  plug Corsica, origins: ~w(https://app.example.com https://admin.example.com)
  plug :ok

  def ok(conn, _opts), do: send_resp(conn, 200, "ok")
end
