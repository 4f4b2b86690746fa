const light = `
  --paper:#f6f4f0; --card:#ffffff; --sunk:#f1eee8; --edge:#e4dfd6; --ink:#1e1b17; --soft:#676056;
  --accent:#c2410c; --accent-ink:#ffffff; --wash:#c2410c1f; --bad:#b3261e; --bad-wash:#b3261e12; --minus:#8a8175;
  --shadow:0 1px 2px #2a221414, 0 12px 32px -18px #2a221440;`

const dark = `
  --paper:#131214; --card:#1c1b1e; --sunk:#252429; --edge:#323036; --ink:#f4f1ec; --soft:#aaa49b;
  --accent:#ff8552; --accent-ink:#1c0d05; --wash:#ff855229; --bad:#ff8f87; --bad-wash:#ff8f8714; --minus:#8d877e;
  --shadow:0 1px 2px #0006, 0 16px 36px -20px #000c;`

/**
 * How the page looks, in light, dark and on paper. System fonts only. Text against its ground has a contrast of at
 * least 4.5 to 1 (WCAG 2.2 AA).
 */
export const reportStyle = `
:root{color-scheme:light;${light}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){color-scheme:dark;${dark}}}
:root[data-theme=dark]{color-scheme:dark;${dark}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
h1,h2,h3,h4,p,ul,dl,dd,blockquote,pre{margin:0;padding:0}
ul{list-style:none}
a{color:inherit}
button{font:inherit;color:inherit;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
[hidden]{display:none!important}
.page{max-width:1200px;margin:0 auto;padding:20px clamp(16px,4vw,40px) 56px}
.skip{position:absolute;left:-999px;top:8px;background:var(--card);padding:8px 16px;border-radius:8px;z-index:9}
.skip:focus{left:8px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}

.bar-top{display:flex;align-items:center;gap:24px;color:var(--soft);font-size:14px}
.brand{display:flex;align-items:center;gap:10px;font-weight:650;color:var(--ink);letter-spacing:-.01em;margin-right:auto}
.brand span{width:11px;height:20px;border-radius:3px;background:var(--accent)}
.keys{display:flex;gap:20px}
kbd{font:inherit;font-size:12px;padding:1px 7px;border:1px solid var(--edge);border-bottom-width:2px;border-radius:6px;background:var(--card);color:var(--ink)}
#theme{width:40px;height:40px;border-radius:50%;border:1px solid var(--edge);background:var(--card);font-size:18px;line-height:1}
#theme:hover{border-color:var(--soft)}
h1{margin-top:clamp(28px,5vw,56px);font-size:clamp(28px,4.4vw,48px);line-height:1.1;letter-spacing:-.028em;font-weight:720;text-wrap:balance;max-width:28ch}
.lead{margin-top:12px;font-size:clamp(17px,1.6vw,20px);color:var(--soft)}
.bad{color:var(--bad);font-weight:600}
.made{display:flex;flex-wrap:wrap;gap:16px 40px;margin-top:28px;font-size:14px}
.made dt{color:var(--soft)}
.made dd{font-weight:550;max-width:64ch}
.note{margin-top:20px;padding:12px 16px;border-radius:12px;background:var(--sunk);font-size:15px}
.note ul{margin-top:8px;padding-left:20px;list-style:disc}
.note .chapters{padding-left:0;list-style:none}
.chapters .jump{display:inline-block}
summary{cursor:pointer}

.curve{margin-top:36px;padding:22px 24px 16px;background:var(--card);border:1px solid var(--edge);border-radius:20px;box-shadow:var(--shadow)}
.curve-head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 24px;align-items:baseline;margin-bottom:14px}
h2{font-size:18px;letter-spacing:-.012em;font-weight:680}
.readout{color:var(--soft);font-size:14px;min-height:1.55em}
.chart{position:relative;height:132px;border-bottom:1px solid var(--edge)}
.hills{display:block;width:100%;height:100%}
.line{fill:none;stroke:var(--accent);stroke-width:2;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.area{fill:url(#fade)}
.fade-top{stop-color:var(--accent);stop-opacity:.30}
.fade-bottom{stop-color:var(--accent);stop-opacity:.03}
.span{position:absolute;top:0;bottom:0;min-width:4px;background:var(--wash);border-radius:3px;text-decoration:none}
.span::before{content:"";position:absolute;inset:0 -7px}
.span:hover,.span.is-current{background:var(--accent);opacity:.9}
.span.is-failed{background:var(--bad-wash)}
.pin{position:absolute;left:50%;width:24px;height:24px;margin-left:-12px;border-radius:50%;background:var(--card);border:2px solid var(--accent);color:var(--ink);font:650 12px/20px system-ui,sans-serif;text-align:center;z-index:1}
.pin::after{content:"";position:absolute;left:50%;top:22px;width:0}
.span:hover .pin,.span.is-current .pin{background:var(--accent);color:var(--accent-ink)}
.span.is-failed .pin{border:2px dashed var(--bad);color:var(--bad)}
.span.is-failed:hover .pin,.span.is-failed.is-current .pin{background:var(--bad);color:var(--card)}
.cursor,.playhead{position:absolute;top:0;bottom:0;width:1px;background:var(--soft);pointer-events:none}
.playhead{width:2px;background:var(--ink)}
.axis{position:relative;height:24px;margin-top:5px;font-size:12px;color:var(--soft)}
.tick{position:absolute;transform:translateX(-50%)}
.tick-0{transform:none}

main{display:grid;gap:24px;margin-top:28px}
.clip{display:grid;grid-template-columns:260px minmax(0,1fr) 270px;gap:32px;padding:22px;background:var(--card);border:1px solid var(--edge);border-radius:24px;box-shadow:var(--shadow);scroll-margin:16px}
.clip:focus{outline:none}
.clip.is-current{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent),var(--shadow)}
.stage{position:relative;align-self:start}
video{display:block;width:100%;height:auto;background:#0b0b0c;border-radius:14px;object-fit:contain}
.gone{position:absolute;inset:auto 10px 64px;padding:8px 12px;border-radius:8px;background:#000c;color:#fff;font-size:13px}
.is-broken{display:grid;place-items:center;aspect-ratio:9/16;border-radius:14px;border:2px dashed var(--bad);background:repeating-linear-gradient(-45deg,var(--bad-wash) 0 12px,transparent 12px 24px);color:var(--bad);text-align:center;font-weight:650}
.is-broken small{display:block;margin-top:4px;padding:0 12px;font:500 12px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.cross{display:block;font-size:34px;line-height:1.2}
.story{min-width:0;display:flex;flex-direction:column;align-items:flex-start}
.facts{display:flex;flex-wrap:wrap;align-items:center;gap:6px 14px;color:var(--soft);font-size:14px}
.rank{display:grid;place-items:center;min-width:32px;height:32px;padding:0 8px;border-radius:16px;background:var(--accent);color:var(--accent-ink);font-weight:700;font-size:15px}
.is-failed .rank{background:var(--bad);color:var(--card)}
.genre{padding:2px 11px;border-radius:99px;background:var(--sunk);color:var(--ink);font-weight:550}
h3{margin-top:14px;font-size:clamp(21px,2.1vw,26px);line-height:1.2;letter-spacing:-.018em;font-weight:690;text-wrap:balance}
.hook{margin-top:6px;font-style:italic;text-wrap:pretty}
.said{margin-top:16px;width:100%;max-width:66ch;color:var(--ink)}
.said>p+p{margin-top:9px}
.line{display:grid;grid-template-columns:auto minmax(0,1fr);gap:12px}
.jump{align-self:start;min-width:46px;margin-top:2px;padding:0 6px;border:0;border-radius:6px;background:none;color:var(--soft);font-size:13px;line-height:22px;text-align:right}
button.jump:hover{background:var(--wash);color:var(--accent)}
.failure{margin-top:16px;width:100%;padding:14px 16px;border-radius:12px;background:var(--bad-wash);border-left:4px solid var(--bad);font-size:15px}
.failure strong{color:var(--bad)}
.failure p+p{margin-top:4px}
.failure details{margin-top:10px;font-size:14px}
pre{margin-top:8px;padding:10px 12px;border-radius:8px;background:var(--sunk);font:12.5px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap}
.files{display:flex;flex-wrap:wrap;align-items:center;gap:10px 18px;margin-top:auto;padding-top:22px;font-size:14px}
.files ul{display:flex;flex-wrap:wrap;gap:8px}
.files a{display:block;padding:8px 14px;border:1px solid var(--edge);border-radius:10px;text-decoration:none;font-weight:600}
.files a:hover{border-color:var(--accent);color:var(--accent)}
.files li:first-child a{background:var(--ink);border-color:var(--ink);color:var(--card)}
.files li:first-child a:hover{background:var(--accent);border-color:var(--accent);color:var(--accent-ink)}
.files small{font-weight:450;opacity:.85;font-size:13px}
.files p{color:var(--soft);font-size:13px}
.why{min-width:0;padding-left:32px;border-left:1px solid var(--edge);font-size:14px}
.score p{display:flex;align-items:baseline;gap:7px;color:var(--soft)}
.number,.of,.confidence{white-space:nowrap}
.number{font-size:44px;line-height:1;font-weight:720;letter-spacing:-.04em;color:var(--ink)}
.confidence{margin-top:8px}
.bar{display:block;width:100%;height:5px;margin-top:7px;border-radius:3px;background:var(--sunk)}
.score .bar{height:8px;border-radius:4px;margin-top:12px}
.fill{fill:var(--accent)}
.is-minus .fill{fill:var(--minus)}
.is-failed .score .fill{fill:var(--minus)}
h4{margin-top:24px;font-size:13px;font-weight:600;color:var(--soft)}
.reasons{display:grid;gap:13px;margin-top:10px}
.reasons p{display:flex;justify-content:space-between;gap:14px;line-height:1.4}
.weight{flex:none;font-weight:650}
.weight.is-minus{color:var(--soft)}
.reasons .bar{height:3px}
.camera{margin-top:6px;line-height:1.4}
.nothing{padding:clamp(40px,8vw,96px) 24px;text-align:center;background:var(--card);border:1px solid var(--edge);border-radius:24px}
.nothing h2{font-size:28px}
.nothing p{max-width:52ch;margin:12px auto 0;font-size:18px}
.nothing .try{font-size:15px;color:var(--soft)}
footer{margin-top:40px;color:var(--soft);font-size:13px}

.aspect-9x16 video{aspect-ratio:9/16}
.aspect-1x1 .is-broken,.aspect-1x1 video{aspect-ratio:1}
.aspect-4x5 .is-broken,.aspect-4x5 video{aspect-ratio:4/5}
.aspect-16x9 .is-broken,.aspect-16x9 video{aspect-ratio:16/9}
.aspect-1x1 .clip,.aspect-4x5 .clip{grid-template-columns:320px minmax(0,1fr) 250px}
.aspect-16x9 .clip{grid-template-columns:440px minmax(0,1fr) 230px;gap:26px}
.aspect-16x9 .why{padding-left:26px}

@media (max-width:1080px){
.clip,.aspect-1x1 .clip,.aspect-4x5 .clip{grid-template-columns:240px minmax(0,1fr)}
.aspect-16x9 .clip{grid-template-columns:minmax(0,1fr)}
.why,.aspect-16x9 .why{grid-column:1/-1;display:grid;grid-template-columns:240px minmax(0,1fr);gap:0 32px;padding:20px 0 0;border-left:0;border-top:1px solid var(--edge)}
.why h4:first-child{margin-top:0}
}
@media (max-width:700px){
.keys{display:none}
.clip,.aspect-1x1 .clip,.aspect-4x5 .clip,.aspect-16x9 .clip{grid-template-columns:minmax(0,1fr);gap:18px;padding:14px;border-radius:20px}
.stage{width:100%;max-width:300px;justify-self:center}
.aspect-16x9 .stage,.aspect-1x1 .stage{max-width:none}
.aspect-9x16 .is-broken,.aspect-4x5 .is-broken{aspect-ratio:16/9}
.is-failed .stage{max-width:none}
.curve{padding:18px 16px 12px}
.chart{height:104px}
.readout{min-height:3.1em}
.tick:nth-child(even){display:none}
.why,.aspect-16x9 .why{display:block}
.why h4,.why h4:first-child{margin-top:22px}
.made{display:grid;grid-template-columns:1fr 1fr;gap:14px 20px}
}
@media (prefers-reduced-motion:no-preference){
.span,.pin,.files a,#theme,.clip{transition:background-color .15s,border-color .15s,color .15s,box-shadow .15s}
}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
@media (forced-colors:active){.bar{forced-color-adjust:none;border:1px solid}.span{border:1px solid}}
@media print{
:root,:root:not([data-theme=light]),:root[data-theme=dark]{color-scheme:light;${light} --paper:#fff; --shadow:none;}
.page{max-width:none;padding:0}
#theme,.keys,.skip,.files ul{display:none!important}
h1{margin-top:12px}
body{font-size:12px}
main{display:block}
.clip,.aspect-1x1 .clip,.aspect-4x5 .clip,.aspect-16x9 .clip{grid-template-columns:120px minmax(0,1fr) 190px;gap:18px;padding:14px;margin-bottom:14px;break-inside:avoid}
.clip.is-current{border-color:var(--edge);box-shadow:none}
.said>p+p{margin-top:4px}
.why,.made,.facts,.reasons p{font-size:11px}
.number{font-size:28px}
.playhead{display:none}
h3{font-size:16px;margin-top:8px}
h4,.why h4:first-child{margin-top:12px}
.reasons{gap:6px}
.why,.aspect-16x9 .why{display:block;grid-column:auto;padding:0 0 0 18px;border:0;border-left:1px solid var(--edge)}
.curve{break-inside:avoid}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`
