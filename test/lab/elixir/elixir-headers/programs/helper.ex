defmodule Shop.Endpoint do
  import Plug.Conn

  @origins ["https://app.example.com", "https://b.example.com"]

  def init(opts), do: opts

  def call(conn, _opts) do
    conn |> allow(get_req_header(conn, "origin")) |> send_resp(200, "ok")
  end

  defp allow(conn, [origin]) when origin in @origins do
    put_resp_header(conn, "access-control-allow-origin", origin)
  end

  defp allow(conn, _), do: conn
end
