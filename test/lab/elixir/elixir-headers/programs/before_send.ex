defmodule Shop.Endpoint do
  import Plug.Conn

  def init(opts), do: opts

  def call(conn, _opts) do
    conn
    |> register_before_send(fn conn -> put_resp_header(conn, "access-control-allow-origin", "*") end)
    |> send_resp(200, "ok")
  end
end
