//! A few thousand expressions, evaluated here and by Node: the results must be the same.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use patchcord_core::expr::{Budget, Expr, Scope};
use patchcord_core::value::Value;
use std::io::Write;
use std::process::{Command, Stdio};

/// What the expressions may read, in both worlds.
const VARIABLES: &str = r#"{"n": 2, "z": 0, "t": "abc", "e": "", "u": "héé😀x", "b": true, "f": false, "l": [3, 1, 2], "w": ["b", "a"], "o": {"k": 1, "m": {"d": "q"}}, "s": " 12 ", "nil": null, "p": "+15551230000"}"#;

struct World(Value);
impl Scope for World {
    fn lookup(&self, name: &str) -> Option<Value> {
        self.0.as_object().and_then(|object| object.get(name)).cloned()
    }
}

/// One line per expression: its value as JSON, or `error`.
const SCRIPT: &str = r#"
const vm = require('vm');
const [variables, sources] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const out = sources.map((source) => {
  try {
    const value = vm.runInNewContext('(' + source + '\n)', JSON.parse(JSON.stringify(variables)));
    return JSON.stringify(value) ?? 'null';
  } catch { return 'error'; }
});
process.stdout.write(out.join('\n'));
"#;

fn node(sources: &[String]) -> Option<Vec<String>> {
    let child = Command::new("node").args(["-e", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let Ok(mut child) = child else {
        eprintln!("1 skipped: there is no node on the path");
        return None;
    };
    let variables: serde_json::Value = serde_json::from_str(VARIABLES).unwrap();
    let input = serde_json::to_string(&serde_json::json!([variables, sources])).unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    assert!(writer.join().unwrap().is_ok() && output.status.success());
    Some(String::from_utf8(output.stdout).unwrap().lines().map(str::to_string).collect())
}

fn here(source: &str, world: &World) -> String {
    match Expr::parse(source) {
        Ok(expr) => match expr.eval(world, &mut Budget::default()) {
            Ok(value) => value.to_json(),
            Err(error) => format!("error: {}", error.message),
        },
        Err(error) => format!("error: {}", error.message),
    }
}

fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    let values = [
        "0",
        "1",
        "-1",
        "1.5",
        "'1'",
        "' 1 '",
        "''",
        "'abc'",
        "true",
        "false",
        "null",
        "undefined",
        "[]",
        "[1]",
        "[1,2]",
        "({})",
        "NaN",
        "Infinity",
        "'0x10'",
        "n",
        "l",
        "o",
        "p",
    ];
    let binary = [
        "+", "-", "*", "/", "%", "**", "==", "!=", "===", "!==", "<", "<=", ">", ">=", "&&", "||", "??", "&", "|", "^",
        "<<", ">>", ">>>",
    ];
    for operator in binary {
        for left in values {
            for right in values {
                // Two readings of one variable are one object in JavaScript, and never are here.
                let identity = matches!(left, "l" | "o") && left == right && operator.contains('=');
                let power = operator == "**" && left.starts_with('-');
                if !identity && !power {
                    sources.push(format!("{left} {operator} {right}"));
                }
            }
        }
    }
    for operator in ["!", "-", "+", "~", "typeof ", "!!", "- -"] {
        sources.extend(values.iter().map(|value| format!("{operator}{value}")));
    }
    let methods = [
        ".toUpperCase()",
        ".trim()",
        ".length",
        ".charAt(1)",
        ".charAt(-1)",
        ".charCodeAt(0)",
        ".charCodeAt(99)",
        ".at(-1)",
        ".at(9)",
        ".slice(1)",
        ".slice(-2)",
        ".slice(1,-1)",
        ".slice(3,1)",
        ".substring(2,0)",
        ".substring(1)",
        ".substring(NaN,2)",
        ".substr(1,2)",
        ".substr(-2)",
        ".indexOf('b')",
        ".indexOf('')",
        ".indexOf('b',2)",
        ".lastIndexOf('é')",
        ".lastIndexOf('')",
        ".includes('b')",
        ".includes('x',1)",
        ".startsWith('a')",
        ".startsWith('b',1)",
        ".endsWith('c')",
        ".endsWith('b',2)",
        ".concat('x',1,null)",
        ".repeat(2)",
        ".repeat(0)",
        ".repeat(-1)",
        ".padStart(5)",
        ".padStart(6,'xy')",
        ".padEnd(5,'')",
        ".padEnd(7,'é')",
        ".split('')",
        ".split()",
        ".split('b')",
        ".split('b',1)",
        ".split(' ')",
        ".replace('b','[$&]')",
        ".replace('b','$$$`')",
        ".replaceAll('é','e')",
        ".replace('b', x => x + x)",
        ".toString()",
        "[0]",
        "[9]",
        "['length']",
        ".join()",
        ".nope",
        ".replace('+', '')",
        ".slice(2).length",
    ];
    for text in ["t", "e", "u", "s", "p", "'aXbXc'", "w", "l", "n"] {
        for method in methods {
            // A half of a surrogate pair is no text here.
            if !(text == "u" && (method.contains("split('')") || method.contains("at(-1)"))) {
                sources.push(format!("{text}{method}"));
            }
        }
    }
    let lists = [
        ".join('-')",
        ".length",
        ".includes(2)",
        ".indexOf(1)",
        ".indexOf(2,-1)",
        ".lastIndexOf(2)",
        ".slice(1)",
        ".slice(-1)",
        ".concat([4],5)",
        ".reverse()",
        ".sort()",
        ".sort((a,b)=>b-a)",
        ".map(x=>x+1)",
        ".map((x,i)=>i)",
        ".map(String)",
        ".map(Number)",
        ".filter(x=>x>1)",
        ".filter(Boolean)",
        ".find(x=>x>1)",
        ".find(x=>x>9)",
        ".findIndex(x=>x==2)",
        ".some(x=>x>2)",
        ".every(x=>x>0)",
        ".reduce((a,b)=>a+b)",
        ".reduce((a,b)=>a+b,'')",
        ".at(-1)",
        ".toString()",
        "[1]",
        "[1.5]",
        "['1']",
        "[-1]",
        ".flat()",
        ".map(parseInt)",
        ".map(x=>({x}))",
        ".map(x=>[x,x]).flat()",
    ];
    for list in ["l", "w", "[]", "[1,'a',null,[2]]", "[10,9,1]"] {
        sources.extend(lists.iter().map(|method| format!("{list}{method}")));
    }
    for argument in
        ["0", "1.5", "-1.5", "2.5", "-0.5", "'7'", "'x'", "null", "undefined", "1e21", "NaN", "[3]", "0.1", "1e-7"]
    {
        for function in [
            "Math.abs",
            "Math.ceil",
            "Math.floor",
            "Math.round",
            "Math.trunc",
            "Math.sign",
            "Math.sqrt",
            "Number",
            "String",
            "Boolean",
            "isNaN",
            "isFinite",
            "parseInt",
            "parseFloat",
            "Number.isInteger",
            "Number.isNaN",
            "Number.isFinite",
            "JSON.stringify",
            "Array.isArray",
            "encodeURIComponent",
        ] {
            sources.push(format!("{function}({argument})"));
        }
    }
    for value in [
        "0", "1.005", "1.45", "2.5", "-2.5", "0.5", "8.345", "123.456", "1e21", "0.000001", "-1.5", "99.995", "NaN",
        "1e-10",
    ] {
        for digits in ["", "0", "1", "2", "3", "10"] {
            sources.push(format!("({value}).toFixed({digits})"));
        }
        sources.push(format!("({value}).toString()"));
        sources.push(format!("`${{{value}}}`"));
    }
    let others = [
        "parseInt('12px')",
        "parseInt('0x1f')",
        "parseInt('101',2)",
        "parseInt('z',36)",
        "parseInt('')",
        "parseInt('-7.9')",
        "parseInt('9',8)",
        "parseInt('5',1)",
        "parseFloat('3.14abc')",
        "parseFloat('.5.5')",
        "parseFloat('-.5e-2x')",
        "parseFloat('e5')",
        "parseFloat('Infinityx')",
        "parseFloat('1e')",
        "parseFloat('.')",
        "(255).toString(16)",
        "(-255).toString(2)",
        "(10).toString(99)",
        "Math.max()",
        "Math.min()",
        "Math.max(1,'3',2)",
        "Math.min(1,NaN)",
        "Math.max(...l)",
        "Math.pow(2,10)",
        "2**3**2",
        "(-2)**2",
        "2**-1",
        "1**NaN",
        "1**Infinity",
        "NaN**0",
        "Math.hypot(3,4)",
        "0.1+0.2",
        "5%3",
        "-5%3",
        "5%-3",
        "5.5%2",
        "1/0",
        "-1/0",
        "0/0",
        "1/3",
        "1e300*1e10",
        "123456789012345680000",
        "1e21",
        "1e-7",
        "0.000001",
        "100000000000000000000",
        "-0",
        "[-0]+''",
        "`a${n}b${'c'+`d${z}`}`",
        "`\\n\\u0041\\x41\\u{1F600}`",
        "'a\\tb\\\\\\'\"'",
        "n>1?'y':'n'",
        "f?1:b?2:3",
        "(n,z)",
        "!(n==2)&&b",
        "n==2&&t=='abc'||f",
        "null??'d'",
        "z??'d'",
        "z||'d'",
        "(nil??f)||1",
        "nil?.x",
        "nil?.x.y.z",
        "nil?.[0]",
        "o?.k",
        "o.m?.d",
        "o.x?.y",
        "o.x.y",
        "nil.x",
        "undefined.x",
        "'k' in o",
        "'x' in o",
        "0 in l",
        "5 in l",
        "({a:1,'b':2,[t]:3,...o})",
        "[...l,...'hi']",
        "({a:{b:[1]}}).a.b[0]",
        "JSON.stringify({a:[1,'x',null]})",
        "JSON.parse('{\"a\":[1]}').a[0]",
        "JSON.parse('nope')",
        "JSON.stringify(undefined)",
        "Object.keys(o)",
        "Object.values({a:1,b:'x'})",
        "Object.entries({a:1})",
        "typeof o",
        "typeof l",
        "typeof nil",
        "typeof t",
        "typeof nosuch",
        "typeof Math.abs(1)",
        "void 0",
        "String(o)",
        "String(l)",
        "String([null,[1,2]])",
        "''+[]",
        "''+{}",
        "[]+[]",
        "[]+1",
        "+[]",
        "+[5]",
        "+[1,2]",
        "+{}",
        "'b'>'a'",
        "'B'>'a'",
        "'10'<'9'",
        "'10'<9",
        "'é'>'z'",
        "'😀'>'\\uffff'",
        "null>=0",
        "null==0",
        "undefined==0",
        "undefined==null",
        "NaN==NaN",
        "'1'==1",
        "true=='1'",
        "true==='1'",
        "[1]==1",
        "'1,2'==[1,2]",
        "''==0",
        "'\\n'==0",
        "' '==false",
        "0x1F",
        "0b101",
        "0o17",
        ".5",
        "5.",
        "1_0",
        "012",
        "1e3",
        "1E+3",
        "3in[1,2,3,4]",
        "1..toFixed(1)",
        "1.toFixed()",
        "'abc'[1]",
        "'abc'.length",
        "'é'.length",
        "'😀'.length",
        "encodeURIComponent('a b&é/😀')",
        "decodeURIComponent('%C3%A9%20')",
        "decodeURIComponent('%')",
        "String.fromCharCode(65,66)",
        "l.map(x=>x*n).filter(x=>x>2).join('|')",
        "l.filter(x=>l.some(y=>y==x+1))",
        "o['k']",
        "o[`k`]",
        "o['m']['d']",
        "((((1))))",
        "1;",
        ";",
        "",
        "1 2",
        "1+",
        "(",
        ")",
        "[1",
        "{",
        "'",
        "a=1",
        "n++",
        "--n",
        "n+=1",
        "function(){}",
        "x=>x",
        "new Date()",
        "if(1)2",
        "var a",
        "1,2",
        "t.foo()",
        "t()",
        "o.k()",
        "/a/.test(t)",
        "t ? : 1",
        "a.b.c",
        "n.",
        "n..x",
        "n?.5:1",
        "b?.5:1",
        "l?.[1]",
        "t?.length",
        "t.toUpperCase?.()",
        "/* c */ 1 // d",
        "1/**/+/**/1",
        "a ?? b || c",
        "a && b ?? c",
        "(t && n) ?? c",
        "-2**2",
        "!n**2",
        "+'3'+ +'4'",
        "1- -1",
        "1-+1",
        "1+-+1",
        "\u{a0}1\u{feff}",
        "'\\0'",
        "'\\8'",
        "'\\u12'",
        "'a\nb'",
        "`a\nb`",
        "Number.MAX_SAFE_INTEGER+1",
        "Math.PI.toFixed(4)",
        "l.length>2&&l[0]===3",
        "p.replace('+','').length==11",
        "p.startsWith('+1555')",
        "p.slice(-4)",
        "t.split('').reverse().join('')",
        "[3,1,2].sort()[0]",
        "['10','9'].sort()",
        "true+true",
        "'5'*'2'",
        "'5'+2",
        "'5'-2",
    ];
    sources.extend(others.iter().map(ToString::to_string));
    sources
}

#[test]
fn expressions_mean_what_they_mean_in_node() {
    let sources = sources();
    let Some(expected) = node(&sources) else { return };
    assert_eq!(expected.len(), sources.len());
    let world = World(Value::from_json(VARIABLES).unwrap());
    let mut wrong = Vec::new();
    for (source, expected) in sources.iter().zip(&expected) {
        let found = here(source, &world);
        let unsupported =
            found.contains("is not supported in expressions") || found.contains("cannot be used in an expression");
        let same = found == *expected || (found.starts_with("error") && expected == "error");
        if !same && !unsupported && !known(source) {
            wrong.push(format!("{source}\n  node {expected}\n  here {found}"));
        }
    }
    let count = wrong.len();
    wrong.truncate(60);
    assert!(wrong.is_empty(), "{count} of {} differ\n{}", sources.len(), wrong.join("\n"));
}

/// Where we differ on purpose: no comma operator, no legacy octals or digit separators, no
/// assignments; unset names are `undefined` rather than an error; a text has no half characters.
fn known(source: &str) -> bool {
    let different = [
        "(n,z)",
        "1,2",
        "1;",
        "a.b.c",
        "x=>x",
        "1_0",
        "012",
        "a=1",
        "n++",
        "--n",
        "n+=1",
        "u.slice(-2)",
        "u.substr(-2)",
    ];
    different.contains(&source)
}
