/// Style and script of the page: the paper, ink and type of the park's report, six inks for lines.
enum BenchmarkStyle {
  static var css: String { base + LineStyle.css + print }

  private static let base = """
    :root{--bg:#fff;--panel:#f6f5f1;--rule:#dcd9d1;--rule2:#b9b5ab;--ink:#1c2226;--ink2:#535b61;\
    --ink3:#6b7278;--bad:#b3123c;--ok:#00755a;--c0:#0b62a4;--c1:#b05800;--c2:#00755a;--c3:#6a4fa3;\
    --c4:#b3123c;--c5:#535b61;color-scheme:light dark}
    @media screen and (prefers-color-scheme:dark){:root{--bg:#13171a;--panel:#1b2024;--rule:#333a3f;\
    --rule2:#525b61;--ink:#e7e5df;--ink2:#adb4b8;--ink3:#929a9f;--bad:#ff7e97;--ok:#52c7a4;\
    --c0:#72b5ea;--c1:#f0a550;--c2:#52c7a4;--c3:#b9a6ea;--c4:#ff7e97;--c5:#adb4b8}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.45 system-ui,"Segoe UI",Roboto,\
    "Noto Sans",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
    h1,h2,h3,p,ul{margin:0;padding:0}
    .wrap{max-width:1136px;margin:0 auto;padding:0 20px 48px}
    .top{display:flex;align-items:baseline;gap:18px;padding:12px 0;border-bottom:1px solid var(--rule);\
    font-size:13px;color:var(--ink2);flex-wrap:wrap}
    .lo{font-weight:700;color:var(--ink)}
    .top nav{display:flex;gap:4px 14px;flex-wrap:wrap}.top a{color:inherit;text-decoration:none}
    .top a:hover{text-decoration:underline}
    section{padding-top:44px}#a{padding-top:28px}
    h1{font-size:30px;line-height:1.15;font-weight:650;letter-spacing:-.012em;text-wrap:balance}
    h2{font-size:20px;line-height:1.25;font-weight:650}h2.sp{margin-top:32px}
    h3{font-size:13px;font-weight:650;margin:18px 0 6px}
    .eyebrow{font-size:13px;color:var(--ink2);margin-bottom:4px}
    .lead{color:var(--ink2);max-width:76ch;margin:4px 0 14px}
    .foot{font-size:12px;color:var(--ink2);margin-top:8px}ul.foot{padding-left:18px}
    footer.foot{margin-top:40px;padding-top:10px;border-top:1px solid var(--rule)}
    .ok{color:var(--ok);font-weight:600;font-size:13px;margin-bottom:14px}
    .bad{color:var(--bad);font-weight:600;font-size:13px;margin-bottom:14px;padding-left:18px}
    .sc{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.35}
    th{font-weight:600;text-align:left;color:var(--ink2);font-size:12px;vertical-align:bottom}
    td,th{padding:4px 10px 4px 0;vertical-align:top}thead th{border-bottom:1px solid var(--ink)}
    tbody tr+tr td{border-top:1px solid var(--rule)}
    .r{text-align:right}td.r,td:first-child,td:nth-child(2){white-space:nowrap}#m td{white-space:normal}
    th button{all:unset;cursor:pointer}th button:hover{color:var(--ink)}
    th button:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
    th[aria-sort=ascending] button:after{content:" ▲";font-size:9px}
    th[aria-sort=descending] button:after{content:" ▼";font-size:9px}
    .plot{display:block;width:100%;max-width:900px;height:auto;font-size:11px}
    .plot path{fill:none;stroke-width:1.8}.plot .l0{stroke-width:2.8}.plot .grid{stroke:var(--rule);stroke-width:.7}
    .plot .axis{stroke:var(--ink2);stroke-width:1}.plot path.thin{stroke-width:.8}
    .plot .lead{stroke:var(--rule2);stroke-width:.6}
    .plot .tk{fill:var(--ink2)}.plot .ttl{fill:var(--ink2);font-size:12px}

    """

  private static let print = """

    @media print{@page{size:A4;margin:14mm}body{font-size:9.6pt}h1{font-size:19pt}h2{font-size:14pt}\
    table{font-size:8pt}th{font-size:8pt}section{padding-top:18pt}.top nav{display:none}\
    .plot{max-width:170mm;break-inside:avoid}tr{break-inside:avoid}.sc{overflow:visible}td,th{padding-right:5pt}}
    """

  /// Sorts a table by a column: numbers by their key or value, unknown last; again to turn around.
  static let script = """
    document.querySelectorAll("table.so").forEach(table=>{
    const heads=[...table.tHead.rows[0].cells],body=table.tBodies[0];
    heads.forEach((head,column)=>head.querySelector("button").addEventListener("click",()=>{
    const down=head.getAttribute("aria-sort")==="ascending";
    heads.forEach(other=>other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort",down?"descending":"ascending");
    const key=row=>{const cell=row.cells[column];const text=cell.textContent.trim();
    if(cell.dataset.k!==undefined)return Number(cell.dataset.k);
    if(text==="")return null;const value=Number(text.replace("−","-").replace(" %",""));
    return Number.isNaN(value)?text:value};
    const rows=[...body.rows].map((row,place)=>({row,place,key:key(row)}));
    rows.sort((a,b)=>{if(a.key===null||b.key===null)return(a.key===null)-(b.key===null)||a.place-b.place;
    const order=typeof a.key==="number"&&typeof b.key==="number"?a.key-b.key:String(a.key).localeCompare(String(b.key));
    return(down?-order:order)||a.place-b.place});
    rows.forEach(line=>body.append(line.row))}))});
    """
}
